using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Podium.Data;

namespace Podium.Connectors.Hosted;

/// <summary>
/// The settings of a hosted connector at rest: encrypted for that connector, so that a row copied to another one cannot be read there. Opened only to
/// start the connector, and to keep secrets that were not typed again.
/// </summary>
internal sealed class SettingsVault(IDataProtectionProvider protection)
{
    public byte[] Seal(Ksuid connector, IReadOnlyDictionary<string, string> settings)
        => Protector(connector).Protect(JsonSerializer.SerializeToUtf8Bytes(settings));

    /// <exception cref="Refusal">The keys of this server are not those that it was encrypted with.</exception>
    public IReadOnlyDictionary<string, string> Open(Ksuid connector, byte[] settings)
    {
        try
        {
            var bytes = Protector(connector).Unprotect(settings);
            return JsonSerializer.Deserialize<Dictionary<string, string>>(bytes) ?? [];
        }
        catch (CryptographicException)
        {
            throw new Refusal("The stored settings cannot be decrypted with this server's keys: save all of them again, or start it with the key file that they were saved with.");
        }
    }

    private IDataProtector Protector(Ksuid connector) => protection.CreateProtector("connector-settings", connector.ToString());
}
