using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Podium.Hosting.Keys;

/// <summary>Made by Data Protection, which gives it the services and nothing else.</summary>
internal sealed class WrappedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly WrappingKey _key = services.GetRequiredService<WrappingKey>();

    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(_key.Decrypt(Convert.FromBase64String(encryptedElement.Value))));
}
