using System.Buffers.Text;
using System.Text;

namespace Baton.Credentials.Tests;

public sealed class ClientAssertionTests
{
    [Theory]
    [InlineData("without_kid")]
    [InlineData("with_kid_in_secret")]
    public void Create_OfTheVectors_IsTheSameText(string name)
    {
        var expected = Vectors.Section("jwt_client_assertion").GetProperty(name);
        using var secret = ClientSecret.Parse(expected.Text("client_secret"));

        var assertion = ClientAssertion.Create(
            ClientId.Parse(expected.Text("client_id")),
            secret,
            DateTimeOffset.FromUnixTimeSeconds(expected.GetProperty("now_unix").GetInt64()),
            expected.Text("nonce"));

        Assert.Equal(expected.Text("header_text"), Part(assertion, 0));
        Assert.Equal(expected.Text("claims_text"), Part(assertion, 1));
        Assert.Equal(expected.Text("assertion"), assertion);
    }

    // A second observation, of a key whose seed is 00…1f.
    [Fact]
    public void Create_OfTheObservedRequest_IsTheSameText()
    {
        const string Jwk = """{"kty":"OKP","crv":"Ed25519","x":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg","d":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}""";
        using var secret = ClientSecret.Parse("secret-token:conductorone.com:v1:" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Jwk)));

        var assertion = ClientAssertion.Create(
            ClientId.Parse("cool-fox-12345@tenant.example.com/ccc"),
            secret,
            DateTimeOffset.FromUnixTimeSeconds(1700000000),
            "00112233445566778899aabbccddeeff");

        Assert.Equal("d481b6b4c1fb276c1b2599ce7fc2c9cd08ad29fecb32fa00125b2e0cc54ce786", secret.KeyId);
        Assert.Equal(
            "eyJhbGciOiJFZERTQSIsIm5vbmNlIjoiMDAxMTIyMzM0NDU1NjY3Nzg4OTlhYWJiY2NkZGVlZmYifQ.eyJpc3MiOiJjb29sLWZveC0xMjM0NUB0ZW5hbnQuZXhhbXBsZS5jb20vY2NjIiwic3ViIjoiY29vbC1mb3gtMTIzNDVAdGVuYW50LmV4YW1wbGUuY29tL2NjYyIsImF1ZCI6InRlbmFudC5leGFtcGxlLmNvbSIsImV4cCI6MTcwMDAwMDEyMCwibmJmIjoxNjk5OTk5ODgwLCJpYXQiOjE3MDAwMDAwMDB9.Qb9dbL9RAhX99Cah7aXFzfPFDbOs6d_Gtp1_AMTXyxo3Bjv0FPKWOUcjt5UMPmewZ9vXhdvoWDdan3gtmN1HCg",
            assertion);
    }

    [Fact]
    public void NewNonce_EachTime_IsAnother32LowerCaseHexDigits()
    {
        var nonces = Enumerable.Range(0, 100).Select(_ => ClientAssertion.NewNonce()).ToList();

        Assert.Equal(100, nonces.Distinct(StringComparer.Ordinal).Count());
        Assert.All(nonces, nonce => Assert.Matches("^[0-9a-f]{32}$", nonce));
    }

    private static string Part(string assertion, int index) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(assertion.Split('.')[index]));
}
