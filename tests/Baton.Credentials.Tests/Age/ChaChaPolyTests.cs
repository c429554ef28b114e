using System.Security.Cryptography;
using Baton.Credentials.Age;
using CsCheck;

namespace Baton.Credentials.Tests.Age;

public sealed class ChaChaPolyTests
{
    // RFC 8439's own vector has associated data; what it has without is held by the files of the vectors. Here: either one reads the other.
    [Fact]
    public void Managed_AnyPlaintext_GivesWhatThePlatformGives()
        => Gen.Byte.Array[0, 200].Sample(plaintext =>
        {
            Assert.SkipUnless(ChaCha20Poly1305.IsSupported, "the platform has none to compare with");
            var key = RandomNumberGenerator.GetBytes(ChaChaPoly.KeySize);
            var nonce = RandomNumberGenerator.GetBytes(ChaChaPoly.NonceSize);
            var platform = new byte[plaintext.Length + ChaChaPoly.TagSize];
            var managed = new byte[platform.Length];
            var opened = new byte[plaintext.Length];

            ChaChaPoly.Seal(key, nonce, plaintext, platform);
            ChaChaPoly.SealManaged(key, nonce, plaintext, managed);

            Assert.Equal(platform, managed);
            Assert.True(ChaChaPoly.TryOpenManaged(key, nonce, platform, opened));
            Assert.Equal(plaintext, opened);
            platform[0] ^= 1;
            Assert.False(ChaChaPoly.TryOpenManaged(key, nonce, platform, opened));
            Assert.Equal(new byte[plaintext.Length], opened);
        });
}
