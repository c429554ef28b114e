using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace Baton.Credentials.Tests.Decryption;

/// <summary>Decrypts every JWE that upstream does, and derives its keys without the code that it tests.</summary>
internal static class JweReader
{
    public static byte[] Decrypt(string compact, ECParameters privateKey)
    {
        if (compact.Split('.') is not [var header, var wrapped, var iv, var ciphertext, var tag])
        {
            throw new DecryptionException("not five parts");
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            var encryption = document.RootElement.Text("enc");
            var key = ContentKey(document.RootElement, Base64Url.DecodeFromChars(wrapped), encryption, privateKey);
            return Open(
                encryption,
                key,
                Base64Url.DecodeFromChars(iv),
                Base64Url.DecodeFromChars(ciphertext),
                Base64Url.DecodeFromChars(tag),
                Encoding.ASCII.GetBytes(header));
        }
        catch (Exception damaged) when (damaged is CryptographicException or FormatException or JsonException)
        {
            throw new DecryptionException("damaged JWE", damaged);
        }
    }

    private static byte[] ContentKey(JsonElement header, byte[] wrapped, string encryption, ECParameters privateKey)
    {
        var algorithm = header.Text("alg");
        var epk = header.GetProperty("epk");
        using var own = ECDiffieHellman.Create(privateKey);
        using var other = ECDiffieHellman.Create(new ECParameters
        {
            Curve = privateKey.Curve,
            Q = new() { X = KeyOwner.Member(epk, "x"), Y = KeyOwner.Member(epk, "y") },
        });
        var shared = own.DeriveRawSecretAgreement(other.PublicKey);
        if (algorithm == "ECDH-ES")
        {
            return Derive(shared, encryption, KeySize(encryption));
        }

        var unwrap = new AesWrapEngine();
        unwrap.Init(forWrapping: false, new KeyParameter(Derive(shared, algorithm, int.Parse(algorithm.AsSpan("ECDH-ES+A".Length, 3)) / 8)));
        return unwrap.Unwrap(wrapped, 0, wrapped.Length);
    }

    // A256GCM: 32 bytes. A128CBC-HS256: a key for each half, 16 bytes each.
    private static int KeySize(string encryption)
        => int.Parse(encryption.AsSpan(1, 3)) / 8 * (encryption.Contains("CBC", StringComparison.Ordinal) ? 2 : 1);

    private static byte[] Derive(byte[] shared, string algorithm, int size)
    {
        var key = Array.Empty<byte>();
        for (var round = 1; key.Length < size; round++)
        {
            key = [.. key, .. SHA256.HashData(
                [.. Number(round), .. shared, .. Number(algorithm.Length), .. Encoding.ASCII.GetBytes(algorithm), .. Number(0), .. Number(0), .. Number(size * 8)])];
        }

        return key[..size];
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Open(string encryption, byte[] key, byte[] iv, byte[] ciphertext, byte[] tag, byte[] header)
    {
        if (encryption.EndsWith("GCM", StringComparison.Ordinal))
        {
            var plaintext = new byte[ciphertext.Length];
            using var gcm = new AesGcm(key, tag.Length);
            gcm.Decrypt(iv, ciphertext, tag, plaintext, header);
            return plaintext;
        }

        var half = key.Length / 2;
        var bits = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bits, header.Length * 8L);
        byte[] authenticated = [.. header, .. iv, .. ciphertext, .. bits];
        var mac = half switch
        {
            16 => HMACSHA256.HashData(key.AsSpan(0, half), authenticated),
            24 => HMACSHA384.HashData(key.AsSpan(0, half), authenticated),
            _ => HMACSHA512.HashData(key.AsSpan(0, half), authenticated),
        };
        if (!mac.AsSpan(0, half).SequenceEqual(tag))
        {
            throw new DecryptionException("bad tag");
        }

        using var aes = Aes.Create();
        aes.Key = key[half..];
        return aes.DecryptCbc(ciphertext, iv);
    }
}
