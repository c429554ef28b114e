using System.Security.Cryptography;
using System.Text;
using Baton.Credentials.Age;
using Baton.Credentials.Tests.Decryption;

namespace Baton.Credentials.Tests.Age;

public sealed class AgeFileTests
{
    private static readonly X25519Identity Identity = new(RandomNumberGenerator.GetBytes(32));

    public static TheoryData<string> Files()
        => [.. Vectors.Section("multi_chunk_files").EnumerateArray().Select(entry => entry.Text("file"))];

    public static TheoryData<string> Failures() => Vectors.Names("decrypt_failures");

    [Fact]
    public void Encrypt_SshEd25519WithKnownEntropy_IsTheFileOfTheVectors()
    {
        var expected = Vectors.Entry("deterministic_encryption", "ssh-ed25519-age");
        var key = Vectors.Entry("jwk_provider", expected.Text("key")).GetProperty("public_jwk");

        var file = AgeFile.Encrypt(Encoding.UTF8.GetBytes(expected.Text("plaintext_text")), new SshEd25519Recipient(KeyOwner.Member(key, "x")), Entropy(expected));

        Assert.Equal(expected.Base64("age_file_base64"), file);
        Assert.Equal(
            expected.Text("encrypted_bytes_text"),
            Encoding.ASCII.GetString(JwkRecipient.Parse(Encoding.UTF8.GetBytes(key.GetRawText())).Encrypt(Encoding.UTF8.GetBytes(expected.Text("plaintext_text")), Entropy(expected))));
    }

    [Fact]
    public void Encrypt_X25519WithKnownEntropy_IsTheFileOfTheVectors()
    {
        var expected = Vectors.Entry("deterministic_encryption", "age-X25519");

        var file = AgeProviderRecipient.Parse(expected.Text("recipient")).Encrypt(Encoding.UTF8.GetBytes(expected.Text("plaintext_text")), Entropy(expected));

        Assert.Equal(expected.Base64("age_file_base64"), file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decrypt_FileOfUpstreamWithFullChunks_GivesItsPlaintext(string name)
    {
        var expected = Vectors.Section("multi_chunk_files").EnumerateArray().Single(entry => entry.Text("file") == name);
        var key = Vectors.Entry("jwk_provider", expected.Text("key")).GetProperty("private_jwk");
        using var identity = new SshEd25519Identity(KeyOwner.Member(key, "d"), KeyOwner.Member(key, "x"));

        using var plaintext = AgeFile.Decrypt(Vectors.File(name), identity);

        Assert.Equal(expected.GetProperty("plaintext_length").GetInt32(), plaintext.Length);
        Assert.Equal(expected.Text("plaintext_sha256"), Convert.ToHexStringLower(SHA256.HashData(plaintext.Span)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    public void Encrypt_AroundTheSizeOfAChunk_IsDecrypted(int length)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);

        using var decrypted = AgeFile.Decrypt(Encrypt(plaintext), Identity);

        Assert.Equal(plaintext, decrypted.Span);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Decrypt_DamagedOrForeignFileOfTheVectors_IsRefused(string name)
    {
        var entry = Vectors.Entry("decrypt_failures", name);
        var keyName = entry.Text("key");
        var key = keyName switch
        {
            "ed25519 public" => Vectors.Entry("jwk_provider", "ed25519").GetProperty("public_jwk"),
            "another ed25519 key" => Keys.Ed25519(RandomNumberGenerator.GetBytes(32)),
            _ => Vectors.Entry("jwk_provider", keyName).GetProperty("private_jwk"),
        };

        Assert.Throws<DecryptionException>(() => KeyOwner.Decrypt(key, Encoding.ASCII.GetBytes(entry.Text("encrypted_bytes_text"))));
    }

    [Fact]
    public void Decrypt_AnyBitFlipped_IsRefused()
    {
        var file = Encrypt("hunter2"u8);
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var damaged = file.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<DecryptionException>(() => AgeFile.Decrypt(damaged, Identity));
        }
    }

    [Fact]
    public void Decrypt_CutOffAnywhere_IsRefused()
    {
        var file = Encrypt("hunter2"u8);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<DecryptionException>(() => AgeFile.Decrypt(file.AsSpan(0, length), Identity));
        }
    }

    // What was cut off at a chunk's end, continued after the last chunk, or put into another order, has nothing wrong in any one chunk.
    [Fact]
    public void Decrypt_ChunksLeftOutAddedOrSwapped_IsRefused()
    {
        const int Chunk = 65_536 + 16;
        var file = Encrypt(new byte[3 * 65_536]);
        var start = file.Length - (3 * Chunk);
        var chunks = file[start..].Chunk(Chunk).ToArray();

        Assert.Throws<DecryptionException>(() => AgeFile.Decrypt([.. file[..start], .. chunks[0], .. chunks[1]], Identity));
        Assert.Throws<DecryptionException>(() => AgeFile.Decrypt([.. file[..start], .. chunks[1], .. chunks[0], .. chunks[2]], Identity));
        Assert.Throws<DecryptionException>(() => AgeFile.Decrypt([.. file[..start], .. chunks[0], .. chunks[2]], Identity));
        Assert.Throws<DecryptionException>(() => AgeFile.Decrypt([.. file, .. chunks[2]], Identity));
    }

    // An attacker without the file key cannot make this one; a reader that took it would accept two files for one plaintext.
    [Fact]
    public void Open_EmptyLastChunkAfterOthers_IsRefused()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var first = new byte[65_536 + 16];
        ChaChaPoly.Seal(key, new byte[12], new byte[65_536], first);
        var last = new byte[16];
        ChaChaPoly.Seal(key, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1], [], last);

        Assert.Throws<DecryptionException>(() => AgePayload.Open(key, [.. first, .. last]));
    }

    [Theory]
    [InlineData("age-encryption.org/v1\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("age-encryption.org/v1\r\n-> X25519 a\r\n\r\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("age-encryption.org/v1\n-> X25519  a\n\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("age-encryption.org/v1\n-> X25519 a\nAB\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("age-encryption.org/v1\n-> X25519 a\nAA==\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("age-encryption.org/v1\n-> X25519 a\n\n--- AAAA\n")]
    [InlineData("age-encryption.org/v1\n-> X25519 a\n\n---AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("age-encryption.org/v1\n-> X25519 a\n\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\n")]
    public void Parse_HeaderThatAgeWouldNotWrite_IsRefused(string header)
        => Assert.Throws<DecryptionException>(() => AgeHeader.Parse(Encoding.ASCII.GetBytes(header)));

    [Fact]
    public void Parse_SeveralStanzas_AreAllThere()
    {
        var body = new string('A', 64);
        var header = AgeHeader.Parse(Encoding.ASCII.GetBytes(
            $"age-encryption.org/v1\n-> first a b\n{body}\n\n-> second\nAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nrest"));

        Assert.Equal(["first", "second"], header.Stanzas.Select(stanza => stanza.Type).ToArray());
        Assert.Equal([48, 3], header.Stanzas.Select(stanza => stanza.Body.Length));
    }

    private static KnownEntropy Entropy(System.Text.Json.JsonElement expected)
        => new(expected.Hex("file_key_hex"), expected.Hex("ephemeral_scalar_hex"), expected.Hex("payload_nonce_hex"));

    private static byte[] Encrypt(ReadOnlySpan<byte> plaintext)
        => AgeFile.Encrypt(plaintext, new X25519Recipient(Identity.PublicKey), SystemEntropy.Instance);
}
