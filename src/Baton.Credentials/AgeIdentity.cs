using Baton.Credentials.Age;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials;

/// <summary>A key pair of age's own kind: what is encrypted to <see cref="Recipient"/> opens with it. The text is a secret.</summary>
public sealed class AgeIdentity : IDisposable
{
    public const int KeySize = 32;
    private const string Prefix = "age-secret-key-";

    private readonly SecretBuffer _key;

    private AgeIdentity(ReadOnlySpan<byte> key)
    {
        _key = new(key);
        Identity = new(key);
        Recipient = AgeProviderRecipient.Parse(Bech32.Encode("age", Identity.PublicKey));
    }

    public AgeProviderRecipient Recipient { get; }

    internal X25519Identity Identity { get; }

    public static AgeIdentity New(IEntropy entropy)
    {
        using var key = new SecretBuffer(X25519.ScalarSize);
        entropy.Fill(key.Span);
        return new(key.Span);
    }

    /// <summary>The pair of 32 bytes that were made elsewhere, from another key.</summary>
    public static AgeIdentity FromBytes(ReadOnlySpan<byte> key) => new(key);

    /// <summary>The first of a file as age-keygen writes it: comments begin with a number sign.</summary>
    /// <exception cref="CredentialException">There is none.</exception>
    public static AgeIdentity Parse(string text)
    {
        var line = text.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.Length > 0 && line[0] != '#') ?? "";

        // age writes it in capitals, as a warning.
        return line.Equals(line.ToUpperInvariant(), StringComparison.Ordinal) && Bech32.Decode(Prefix, line.ToLowerInvariant()) is { Length: KeySize } key
            ? new(key)
            : throw new CredentialException("this is not an age identity: it must be a line that begins with AGE-SECRET-KEY-1");
    }

    /// <summary>The secret, in one line.</summary>
    public string Reveal() => Bech32.Encode(Prefix, _key.Span).ToUpperInvariant();

    public override string ToString() => nameof(AgeIdentity);

    public void Dispose()
    {
        _key.Dispose();
        Identity.Dispose();
    }
}
