using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Baton.Credentials.Tests.Decryption;
using CsCheck;

namespace Baton.Credentials.Tests;

public sealed class JwkRecipientTests
{
    private const string Parsing = "public_key_parsing";
    private const string Keys = "jwk_provider";

    public static TheoryData<string> KeyNames() => Vectors.Names(Keys);

    public static TheoryData<string> ParsingNames() => Vectors.Names(Parsing);

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var key in Vectors.Section(Keys).EnumerateArray())
        {
            foreach (var entry in key.GetProperty("cases").EnumerateArray())
            {
                cases.Add(key.Text("name"), entry.GetProperty("plaintext").Text("name"));
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void Parse_PublicAndPrivateKey_HaveTheKeyIdOfTheVectors(string name)
    {
        var key = Vectors.Entry(Keys, name);

        Assert.Equal(key.Text("key_id"), Parse(key.GetProperty("public_jwk").GetRawText()).KeyId);
        Assert.Equal(key.Text("key_id"), Parse(key.GetProperty("private_jwk").GetRawText()).KeyId);
        Assert.Equal(key.Text("key_id"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Text("thumbprint_input")))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decrypt_CiphertextOfUpstream_GivesItsPlaintext(string keyName, string plaintextName)
    {
        var key = Vectors.Entry(Keys, keyName);
        var entry = key.GetProperty("cases").EnumerateArray().Single(entry => entry.GetProperty("plaintext").Text("name") == plaintextName);

        var plaintext = KeyOwner.Decrypt(key.GetProperty("private_jwk"), entry.GetProperty("encrypted_data").Base64("encrypted_bytes_base64"));

        Assert.Equal(entry.GetProperty("plaintext").Base64("bytes_base64"), plaintext);
    }

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void Encrypt_AnyPlaintext_IsDecryptedByTheOwnerOnly(string name)
    {
        var key = Vectors.Entry(Keys, name).GetProperty("private_jwk");
        var recipient = Parse(key.GetRawText());

        Gen.Byte.Array[0, 300].Sample(
            plaintext =>
            {
                var encrypted = recipient.Encrypt(plaintext, SystemEntropy.Instance);

                Assert.Equal(plaintext, KeyOwner.Decrypt(key, encrypted));
                Assert.NotEqual(encrypted, recipient.Encrypt(plaintext, SystemEntropy.Instance));
            },
            iter: 10);
    }

    // Upstream's text is ours up to the first colon of its libraries. Where it only fails later, we refuse now.
    [Theory]
    [MemberData(nameof(ParsingNames))]
    public void Parse_TextOfTheVectors_GivesTheKeyIdOrRefuses(string name)
    {
        var expected = Vectors.Entry(Parsing, name);
        if (expected.ErrorText("encrypt_error") is not { } error)
        {
            Assert.Equal(expected.GetProperty("key_ids")[0].GetString(), Parse(expected.Text("pub_key_text")).KeyId);
            return;
        }

        var refused = Refused(expected.Text("pub_key_text"));

        var kind = name == "ed25519 x too short" ? "jwk-ed25519: " : error.Replace("rpc error: code = InvalidArgument desc = ", "", StringComparison.Ordinal);
        Assert.StartsWith(kind.Split("go-jose")[0].Split("illegal")[0].Split("invalid character")[0], refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2040)]
    public void Parse_RsaKeyBelow2048Bits_IsRefused(int bits)
    {
        using var rsa = RSA.Create(bits);
        var key = rsa.ExportParameters(includePrivateParameters: false);

        var refused = Refused($$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"AQAB"}""");

        Assert.Equal("jwk-rsa: failed to create recipient: RSA key size is too small", refused.Message);
    }

    // It has as many bytes as one of 2,048.
    [Fact]
    public void Parse_RsaKeyOf2047Bits_IsRefused()
    {
        var modulus = KeyOwner.Member(Vectors.Entry(Keys, "rsa2048").GetProperty("public_jwk"), "n");
        modulus[0] = 0x7f;

        var refused = Refused($$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(modulus)}}","e":"AQAB"}""");

        Assert.Equal("jwk-rsa: failed to create recipient: RSA key size is too small", refused.Message);
    }

    // The zeros are no bits of the key.
    [Fact]
    public void Parse_ShortRsaKeyBehindZeros_IsRefused()
    {
        using var rsa = RSA.Create(1024);
        var key = rsa.ExportParameters(includePrivateParameters: false);

        Refused($$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString([.. new byte[128], .. key.Modulus!])}}","e":"AQAB"}""");
    }

    [Theory]
    [InlineData("AA", "AQAB")]
    [InlineData("", "AQAB")]
    [InlineData(null, "Ag")]
    [InlineData(null, "")]
    [InlineData(null, "AA")]
    public void Parse_NumbersThatAreNoRsaKey_IsRefused(string? modulus, string exponent)
    {
        modulus ??= Vectors.Entry(Keys, "rsa2048").GetProperty("public_jwk").Text("n");

        Refused($$"""{"kty":"RSA","n":"{{modulus}}","e":"{{exponent}}"}""");
    }

    // It would take minutes to find out whether it is one.
    [Fact]
    public void Parse_RsaKeyOfEnormousLength_IsRefusedAtOnce()
        => Refused($$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString([.. Enumerable.Repeat((byte)0xff, 1_000_000)])}}","e":"AQAB"}""");

    // Points of low order, a number that is on no point, a point outside the group that keys are from, and other lengths.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0300000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("8ddc770b82b76ed49cb913fcd2cf5d55a98253b45f9d72cfe45b7b2b142e81bc00")]
    [InlineData("8ddc770b82b76ed49cb913fcd2cf5d55a98253b45f9d72cfe45b7b2b142e81")]
    [InlineData("")]
    public void Parse_BytesThatAreNoEd25519Key_IsRefused(string x)
        => Assert.Equal(
            "jwk-ed25519: failed to create recipient: x is not the 32 bytes of an Ed25519 public key",
            Refused($$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(Convert.FromHexString(x))}}"}""").Message);

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f2SJne0_yvbERyNHYD0yyMEJeFD14ssJawo_oB2zdwE"}""")]
    [InlineData("""{"kty":"EC","x":"AQ","y":"AQ"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"","y":""}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":null}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":7}""")]
    [InlineData("""{"kty":7}""")]
    [InlineData("""{"kty":"RSA"}{}""")]
    [InlineData("""["kty"]""")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    public void Parse_AnythingElse_IsRefusedInOneLine(string json) => Assert.DoesNotContain('\n', Refused(json).Message);

    [Fact]
    public void Parse_DamagedPrivateKey_DoesNotShowIt()
    {
        var key = Vectors.Entry(Keys, "ed25519").GetProperty("private_jwk");

        var refused = Refused(key.GetRawText()[..^1]);

        Assert.Null(refused.InnerException);
        Assert.DoesNotContain(key.Text("d"), refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EcCoordinateWithoutItsLeadingZero_IsTheSameKey()
    {
        var key = SmallX();
        var x = Base64Url.EncodeToString(key.Q.X);
        var shortX = Base64Url.EncodeToString(key.Q.X.AsSpan().TrimStart((byte)0));
        var y = Base64Url.EncodeToString(key.Q.Y);

        Assert.Equal(
            Parse($$"""{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}""").KeyId,
            Parse($$"""{"kty":"EC","crv":"P-256","x":"{{shortX}}","y":"{{y}}"}""").KeyId);
    }

    private static ECParameters SmallX()
    {
        while (true)
        {
            using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var parameters = key.ExportParameters(includePrivateParameters: false);
            if (parameters.Q.X![0] == 0)
            {
                return parameters;
            }
        }
    }

    private static JwkRecipient Parse(string json) => JwkRecipient.Parse(Encoding.UTF8.GetBytes(json));

    private static CredentialException Refused(string json)
    {
        var refused = Assert.Throws<CredentialException>(() => Parse(json));
        return refused;
    }
}
