using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Baton.Credentials.Age;

namespace Baton.Credentials.Tests.Decryption;

/// <summary>Whoever has the private key, and decrypts what a connector sent.</summary>
internal static class KeyOwner
{
    /// <summary>Of what the provider <c>baton/jwk/v1</c> sends.</summary>
    public static byte[] Decrypt(JsonElement privateJwk, ReadOnlySpan<byte> encryptedBytes)
    {
        byte[] ciphertext;
        try
        {
            ciphertext = Convert.FromBase64String(Encoding.ASCII.GetString(encryptedBytes));
        }
        catch (FormatException damaged)
        {
            throw new DecryptionException("not base64", damaged);
        }

        if (!privateJwk.TryGetProperty("d", out _))
        {
            throw new DecryptionException("not a private key");
        }

        return privateJwk.Text("kty") switch
        {
            "OKP" => Open(ciphertext, new SshEd25519Identity(Member(privateJwk, "d"), Member(privateJwk, "x"))),
            "RSA" => Open(ciphertext, new SshRsaIdentity(privateJwk)),
            "EC" => JweReader.Decrypt(Encoding.ASCII.GetString(ciphertext), EcKey.Import(privateJwk)),
            _ => throw new ArgumentOutOfRangeException(nameof(privateJwk)),
        };
    }

    /// <summary>Of what the provider <c>baton/age/v1</c> sends.</summary>
    public static byte[] Decrypt(string ageIdentity, ReadOnlySpan<byte> encryptedBytes)
        => ageIdentity.StartsWith("AGE-SECRET-KEY-PQ-1", StringComparison.Ordinal)
            ? Open(encryptedBytes, new HybridIdentity(Bech32.Decode("age-secret-key-pq-", ageIdentity.ToLowerInvariant())!))
            : Open(encryptedBytes, new X25519Identity(Bech32.Decode("age-secret-key-", ageIdentity.ToLowerInvariant())!));

    public static byte[] Member(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.Text(name));

    private static byte[] Open(ReadOnlySpan<byte> file, IAgeIdentity identity)
    {
        using var plaintext = AgeFile.Decrypt(file, identity);
        return plaintext.Span.ToArray();
    }
}
