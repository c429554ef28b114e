using System.Security.Cryptography;
using System.Text.Json;
using Podium.Api;
using Podium.Data;

namespace Podium.Audit;

/// <summary>A head as it is carried off the machine, with the public key to check it by.</summary>
internal sealed record AuditHeadFile
{
    public long Number { get; init; }

    public Moment At { get; init; }

    /// <summary>Hexadecimal.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Base64 of DER.</summary>
    public string Signature { get; init; } = "";

    /// <summary>PEM.</summary>
    public string PublicKey { get; init; } = "";

    public static AuditHeadFile Of(AuditHead head, ECDsa key) => new()
    {
        Number = head.Number,
        At = head.At,
        Hash = Convert.ToHexStringLower(head.Hash),
        Signature = Convert.ToBase64String(head.Signature),
        PublicKey = key.ExportSubjectPublicKeyInfoPem(),
    };

    /// <exception cref="Refusal">The file is no head.</exception>
    public static AuditHeadFile Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditHeadFile>(text, ApiJson.Options) is { Number: > 0, Hash.Length: > 0 } head ? head : throw new Refusal("This is no head of an audit log.");
        }
        catch (JsonException)
        {
            throw new Refusal("This is no head of an audit log: it must be the JSON that podium gave.");
        }
    }

    public bool Fits(ReadOnlySpan<byte> hash) => Hash.Equals(Convert.ToHexStringLower(hash), StringComparison.OrdinalIgnoreCase);

    public bool IsSigned()
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(PublicKey);
            return AuditKey.IsSigned(key, AuditChain.HeadText(Number, At, Convert.FromHexString(Hash)), Convert.FromBase64String(Signature));
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
