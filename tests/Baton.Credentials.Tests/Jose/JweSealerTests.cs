using System.Text;
using Baton.Credentials.Tests.Decryption;

namespace Baton.Credentials.Tests.Jose;

public sealed class JweSealerTests
{
    private const string Variants = "jwe_variants_accepted_on_decrypt";

    public static TheoryData<string> VariantNames() => Vectors.Names(Variants);

    [Theory]
    [InlineData("ecdh-es-p256")]
    [InlineData("ecdh-es-p384")]
    [InlineData("ecdh-es-p521")]
    public void Seal_WithKnownEntropy_IsTheTextOfTheVectors(string name)
    {
        var expected = Vectors.Entry("deterministic_encryption", name);
        var key = Vectors.Entry("jwk_provider", expected.Text("key")).GetProperty("public_jwk");
        var entropy = new KnownEntropy(expected.Hex("iv_hex")) { Key = EcKey.Import(expected.GetProperty("ephemeral_private_jwk")) };

        var encrypted = JwkRecipient.Parse(Encoding.UTF8.GetBytes(key.GetRawText())).Encrypt(Encoding.UTF8.GetBytes(expected.Text("plaintext_text")), entropy);

        Assert.Equal(expected.Text("encrypted_bytes_text"), Encoding.ASCII.GetString(encrypted));
        Assert.Equal(expected.Text("jwe_compact"), Encoding.ASCII.GetString(Convert.FromBase64String(Encoding.ASCII.GetString(encrypted))));
    }

    // Of the reader that the other tests rely on.
    [Theory]
    [MemberData(nameof(VariantNames))]
    public void Decrypt_OtherAlgorithmsOfTheVectors_GiveThePlaintext(string name)
    {
        var expected = Vectors.Entry(Variants, name);
        var key = EcKey.Import(Vectors.Entry("jwk_provider", expected.Text("key")).GetProperty("private_jwk"));

        Assert.Equal(expected.Text("plaintext_text"), Encoding.UTF8.GetString(JweReader.Decrypt(expected.Text("jwe_compact"), key)));
    }

    [Fact]
    public void Seal_AnyCharacterReplaced_IsNotDecrypted()
    {
        var key = Vectors.Entry("jwk_provider", "p256").GetProperty("private_jwk");
        var encrypted = JwkRecipient.Parse(Encoding.UTF8.GetBytes(key.GetRawText())).Encrypt("hunter2"u8, SystemEntropy.Instance);
        var compact = Encoding.ASCII.GetString(Convert.FromBase64String(Encoding.ASCII.GetString(encrypted)));

        for (var place = compact.IndexOf('.', StringComparison.Ordinal); place < compact.Length; place++)
        {
            var damaged = compact[..place] + (compact[place] == 'A' ? 'Q' : 'A') + compact[(place + 1)..];
            Assert.Throws<DecryptionException>(() => JweReader.Decrypt(damaged, EcKey.Import(key)));
        }
    }
}
