using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Baton.Credentials.Tests;

public sealed class ClientSecretTests
{
    private const string Section = "client_secret_parsing";

    // Upstream takes it, but no signature made with it would be believed.
    private const string Mismatched = "x does not match d (accepted: consistency is not checked)";

    public static TheoryData<string> Names() => Vectors.Names(Section);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_TextOfTheVectors_GivesTheKeyOrOneError(string name)
    {
        var expected = Vectors.Entry(Section, name);
        if (!expected.GetProperty("valid").GetBoolean() || name == Mismatched)
        {
            var refused = Assert.Throws<CredentialException>(() => ClientSecret.Parse(expected.Text("secret")));
            Assert.StartsWith("invalid client secret", refused.Message, StringComparison.Ordinal);
            return;
        }

        using var secret = ClientSecret.Parse(expected.Text("secret"));

        Assert.Equal(expected.Hex("seed_hex"), secret.Seed);
        Assert.Equal(expected.Hex("public_hex"), secret.PublicKey);
        Assert.Equal(expected.Text("kid_without_set_key_id"), secret.Kid ?? "");
        Assert.Equal(expected.Text("kid_with_set_key_id"), secret.KeyId);
    }

    // Whatever a changed character makes of the text (no base64, no JSON, another key), it is refused in the same words.
    [Fact]
    public void Parse_AnyCharacterOfVersionAndKeyReplaced_IsRefusedWithoutShowingIt()
    {
        var text = Vectors.Entry(Section, "valid").Text("secret");

        for (var place = text.IndexOf("v1:", StringComparison.Ordinal); place < text.Length; place++)
        {
            foreach (var other in "!A=".Where(other => other != text[place]))
            {
                var refused = Assert.Throws<CredentialException>(() => ClientSecret.Parse(text[..place] + other + text[(place + 1)..]));
                Assert.Null(refused.InnerException);
                Assert.Equal("invalid client secret: copy it again, as the platform showed it when it was made", refused.Message);
            }
        }
    }

    [Fact]
    public void Sign_AnyMessage_IsVerifiedByThePublicKey()
    {
        using var secret = ClientSecret.Parse(Vectors.Entry(Section, "valid").Text("secret"));
        var message = Encoding.UTF8.GetBytes("a message");

        var signature = secret.Sign(message);

        Assert.True(Ed25519.Verify(signature, secret.PublicKey, message));
        Assert.False(Ed25519.Verify(signature, secret.PublicKey, "another"u8));
    }

    [Fact]
    public void Dispose_ZeroesTheSeed()
    {
        var secret = ClientSecret.Parse(Vectors.Entry(Section, "valid").Text("secret"));

        secret.Dispose();

        Assert.Equal(new byte[32], secret.Seed);
    }

    [Fact]
    public void ToString_ShowsTheKeyIdOnly()
    {
        using var secret = ClientSecret.Parse(Vectors.Entry(Section, "valid with kid").Text("secret"));

        Assert.Equal("client secret my-kid", secret.ToString());
    }
}
