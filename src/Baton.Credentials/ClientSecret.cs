using System.Buffers.Text;
using System.Text;
using Baton.Credentials.Age;
using Baton.Credentials.Jose;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Baton.Credentials;

/// <summary>
/// The connector's own Ed25519 key, with which it proves who it is and reads passwords that were encrypted to it. Written
/// <c>secret-token:conductorone.com:v1:</c> and the base64url of a private JWK.
/// </summary>
public sealed class ClientSecret : IDisposable
{
    private const int KeySize = 32;

    private readonly SecretBuffer _seed;
    private readonly byte[] _publicKey;

    private ClientSecret(SecretBuffer seed, byte[] publicKey, string? kid)
    {
        _seed = seed;
        _publicKey = publicKey;
        Kid = string.IsNullOrEmpty(kid) ? null : kid;
    }

    /// <summary>The JWK's own <c>kid</c>, which names the key in a token request; null when it has none.</summary>
    public string? Kid { get; }

    /// <summary>What passwords are addressed to: the <c>kid</c>, or the key's thumbprint when it has none.</summary>
    public string KeyId => Kid ?? Thumbprint.OfEd25519(Base64Url.EncodeToString(_publicKey));

    /// <summary>32 bytes, as RFC 8032 encodes a point.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>32 bytes, of which everything else is derived.</summary>
    internal ReadOnlySpan<byte> Seed => _seed.Span;

    /// <exception cref="CredentialException">It is no client secret. The message does not say why, so that nothing of it gets out.</exception>
    public static ClientSecret Parse(string text)
        => text.Split(':', 4) is [_, _, "v1", var encoded] && Read(encoded) is { } secret
            ? secret
            : throw new CredentialException("invalid client secret: copy it again, as the platform showed it when it was made");

    /// <summary>64 bytes; the same for the same message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed.Span, message, signature);
        return signature;
    }

    /// <summary>Opens an age file that was encrypted to this key, as to an SSH key.</summary>
    /// <exception cref="DecryptionException">It is no age file, or damaged, or for somebody else.</exception>
    public SecretBuffer Decrypt(ReadOnlySpan<byte> file)
    {
        using var identity = new SshEd25519Identity(Seed, PublicKey);
        return AgeFile.Decrypt(file, identity);
    }

    public void Dispose() => _seed.Dispose();

    public override string ToString() => $"client secret {KeyId}";

    private static ClientSecret? Read(string encoded)
    {
        // A secret that was pasted or read from a file can have line breaks in it, and at its end.
        using var utf8 = new SecretBuffer(Encoding.UTF8.GetByteCount(encoded));
        Encoding.UTF8.GetBytes(encoded, utf8.Span);
        var length = 0;
        foreach (var character in utf8.Span)
        {
            if (character is not ((byte)'\r' or (byte)'\n'))
            {
                utf8.Span[length++] = character;
            }
        }

        using var json = new SecretBuffer(Base64UrlText.MaxLength(length));
        return Base64UrlText.TryDecode(utf8.Span[..length], json.Span, out var written) ? ReadKey(json.Span[..written]) : null;
    }

    private static ClientSecret? ReadKey(ReadOnlySpan<byte> json)
    {
        JsonWebKey? key = null;
        try
        {
            key = JsonWebKey.Read(json);
            if (key is not { KeyType: "OKP", Curve: "Ed25519", X.Length: KeySize, Private.Length: KeySize })
            {
                return null;
            }

            // With another public half, no signature of it would be believed, and nothing encrypted to it could be read.
            var publicKey = new byte[KeySize];
            Ed25519.GeneratePublicKey(key.Private.Span, publicKey);
            return publicKey.AsSpan().SequenceEqual(key.X) ? new(new SecretBuffer(key.Private.Span), publicKey, key.KeyId) : null;
        }
        catch (FormatException)
        {
            return null;
        }
        finally
        {
            key?.Dispose();
        }
    }
}
