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
