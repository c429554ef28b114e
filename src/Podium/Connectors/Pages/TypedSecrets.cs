using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Podium.Data;

namespace Podium.Connectors.Pages;

/// <summary>
/// Secrets that somebody typed into a form that comes back to them with a problem elsewhere. The page carries them encrypted, for this person and
/// this connector and ten minutes: a browser never gets a secret back in plain, not even the one that has just sent it.
/// </summary>
internal sealed class TypedSecrets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <returns>Empty when there are none.</returns>
    public string Seal(Ksuid connector, long? personId, IReadOnlyDictionary<string, string> secrets)
        => secrets.Count == 0 ? "" : Protector(connector, personId).Protect(JsonSerializer.Serialize(secrets), Life);

    /// <returns>Empty when they are of somebody else, of another connector, too old, or no such text at all: they are typed again then.</returns>
    public IReadOnlyDictionary<string, string> Open(Ksuid connector, long? personId, string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(Protector(connector, personId).Unprotect(text)) ?? [];
        }
        catch (CryptographicException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }

    private ITimeLimitedDataProtector Protector(Ksuid connector, long? personId)
        => protection.CreateProtector("typed-secrets", connector.ToString(), $"{personId}").ToTimeLimitedDataProtector();
}
