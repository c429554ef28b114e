using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Podium.Hosting.Keys;

/// <summary>Encrypts the keys of the ring with the wrapping key: without it they would lie in clear in the database.</summary>
internal sealed class WrappedXmlEncryptor(WrappingKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("wrapped", Convert.ToBase64String(key.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))),
        typeof(WrappedXmlDecryptor));
}

/// <summary>Made by Data Protection, which gives it the services and nothing else.</summary>
internal sealed class WrappedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly WrappingKey _key = services.GetRequiredService<WrappingKey>();

    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(_key.Decrypt(Convert.FromBase64String(encryptedElement.Value))));
}
