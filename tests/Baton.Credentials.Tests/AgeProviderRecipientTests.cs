using System.Security.Cryptography;
using Baton.Credentials.Age;
using Baton.Credentials.Tests.Decryption;
using CsCheck;

namespace Baton.Credentials.Tests;

public sealed class AgeProviderRecipientTests
{
    private const string Section = "age_provider";
    private const string Invalid = "invalid-recipients";

    public static TheoryData<string> KeyNames() => [.. Vectors.Names(Section).Select(row => row.Data).Where(name => name != Invalid)];

    public static TheoryData<string> InvalidTexts()
        => [.. Vectors.Entry(Section, Invalid).GetProperty("cases").EnumerateArray().Select(entry => entry.Text("recipient"))];

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void Parse_Recipient_HasTheKeyIdOfTheVectors(string name)
    {
        var key = Vectors.Entry(Section, name);

        Assert.Equal(key.Text("key_id_sha256_of_recipient_text"), AgeProviderRecipient.Parse(key.Text("recipient")).KeyId);
    }

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void Decrypt_CiphertextsOfUpstream_GiveTheirPlaintexts(string name)
    {
        var key = Vectors.Entry(Section, name);

        Assert.All(key.GetProperty("cases").EnumerateArray().ToList(), entry => Assert.Equal(
            entry.GetProperty("plaintext").Base64("bytes_base64"),
            KeyOwner.Decrypt(key.Text("identity"), entry.GetProperty("encrypted_data").Base64("encrypted_bytes_base64"))));
    }

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void Encrypt_AnyPlaintext_IsDecryptedByTheOwner(string name)
    {
        var key = Vectors.Entry(Section, name);
        var recipient = AgeProviderRecipient.Parse(key.Text("recipient"));

        Gen.Byte.Array[0, 300].Sample(
            plaintext => Assert.Equal(plaintext, KeyOwner.Decrypt(key.Text("identity"), recipient.Encrypt(plaintext, SystemEntropy.Instance))),
            iter: 10);
    }

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void Encrypt_TwoKeys_OneDoesNotOpenTheOthers(string name)
    {
        var encrypted = AgeProviderRecipient.Parse(Vectors.Entry(Section, name).Text("recipient")).Encrypt("hunter2"u8, SystemEntropy.Instance);

        IAgeIdentity other = name == "x25519"
            ? new X25519Identity(RandomNumberGenerator.GetBytes(32))
            : new HybridIdentity(RandomNumberGenerator.GetBytes(32));

        Assert.Throws<DecryptionException>(() => AgeFile.Decrypt(encrypted, other));
    }

    [Theory]
    [MemberData(nameof(InvalidTexts))]
    public void Parse_InvalidTextOfTheVectors_IsRefusedInUpstreamsWords(string text)
    {
        var entry = Vectors.Entry(Section, Invalid).GetProperty("cases").EnumerateArray().Single(entry => entry.Text("recipient") == text);

        Refused(entry.ErrorText("encrypt_error")!.Replace("rpc error: code = InvalidArgument desc = ", "", StringComparison.Ordinal), text);
    }

    [Theory]
    [InlineData("age1")]
    [InlineData("age1pq1")]
    [InlineData("age1E3nxpxf0qpzxsvaechnqekltw740uphaewyuvy8he08v4w3d5p2s6w67mj")]
    [InlineData("age1e3nxpxf0qpzxsvaechnqekltw740uphaewyuvy8he08v4w3d5p2s6w67mé")]
    [InlineData("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqs3290gq")]
    public void Parse_OtherTexts_AreRefused(string text) => Refused("age: invalid recipient", text);

    // A checksum of 30 bits finds every single wrong character.
    [Fact]
    public void Parse_AnyCharacterReplaced_IsRefused()
    {
        var text = Vectors.Entry(Section, "x25519").Text("recipient");

        for (var place = 4; place < text.Length; place++)
        {
            Refused("age: invalid recipient", text[..place] + (text[place] == 'q' ? 'p' : 'q') + text[(place + 1)..]);
        }
    }

    [Fact]
    public void IsValid_HybridKeyWithNumbersBeyondTheModulus_IsNot()
    {
        var key = new HybridIdentity(new byte[32]).PublicKey;
        Assert.True(XWing.IsValid(key));

        byte[] beyond = [0xff, 0xff, 0xff, .. key[3..]];
        byte[] lowOrder = [.. key[..1184], .. new byte[32]];

        Assert.False(XWing.IsValid(beyond));
        Assert.False(XWing.IsValid(lowOrder));
        Assert.False(XWing.IsValid(key.AsSpan(1)));
    }

    private static void Refused(string message, string text)
    {
        var refused = Assert.Throws<CredentialException>(() => AgeProviderRecipient.Parse(text));
        Assert.Equal(message, refused.Message);
    }
}
