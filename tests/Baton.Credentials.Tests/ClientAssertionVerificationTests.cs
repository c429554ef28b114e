using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace Baton.Credentials.Tests;

public sealed class ClientAssertionVerificationTests : IDisposable
{
    private const string Id = "brave-otter-1@tenant.example:8443/ccc";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly ClientSecret _secret = Keys.Secret(Keys.Ed25519([.. Enumerable.Range(1, 32).Select(number => (byte)number)]));
    private readonly ClientSecret _other = Keys.Secret(Keys.Ed25519([.. Enumerable.Range(2, 32).Select(number => (byte)number)]));
    private readonly ClientAssertionVerification _verification = new("tenant.example");

    public static TheoryData<string, string> Changes() => new()
    {
        { "iss", "\"other@tenant.example/ccc\"" },
        { "sub", "\"other@tenant.example/ccc\"" },
        { "aud", "\"other.example\"" },
        { "aud", "[\"tenant.example\",\"other.example\"]" },
        { "aud", "[]" },
        { "aud", "null" },
        { "aud", "{}" },
        { "exp", "0" },
        { "exp", $"{Now.ToUnixTimeSeconds() - 60}" },
        { "exp", $"{Now.ToUnixTimeSeconds() + 361}" },
        { "exp", "99999999999999999999" },
        { "exp", "\"soon\"" },
        { "exp", "1e99" },
        { "nbf", $"{Now.ToUnixTimeSeconds() + 61}" },
        { "nbf", "-1" },
    };

    public void Dispose()
    {
        _secret.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Verify_WhatAClientMakes_IsAccepted()
    {
        var verified = Verify(Made());

        Assert.Equal(("n:abc", Now.AddSeconds(180)), (verified.Name, verified.Expires));
        Assert.Equal(Id, ClientAssertionVerification.ClaimedClient(Made()));
    }

    [Theory]
    [InlineData(-119)]
    [InlineData(0)]
    [InlineData(179)]
    public void Verify_ClocksThatDiffer_AreTolerated(int seconds) => Assert.NotNull(_verification.Verify(Made(), Id, [Key(_secret)], Now.AddSeconds(seconds)));

    [Theory]
    [InlineData(181)]
    [InlineData(-241)]
    public void Verify_ClocksThatDifferTooMuch_AreNamed(int seconds)
        => Assert.Contains("compare the clocks", Refusal(() => _verification.Verify(Made(), Id, [Key(_secret)], Now.AddSeconds(seconds))), StringComparison.Ordinal);

    [Fact]
    public void Verify_AudienceAsAListOfOne_IsAccepted() => Assert.NotNull(Verify(Signed("aud", "[\"tenant.example\"]")));

    [Fact]
    public void Verify_FiveMinutesAhead_AreAccepted() => Assert.NotNull(Verify(Signed("exp", $"{Now.ToUnixTimeSeconds() + 300}")));

    [Fact]
    public void Verify_NoNonce_IsNamedByItsSignature()
    {
        var (one, other) = (Signed(header: """{"alg":"EdDSA"}"""), Signed("nbf", "1", """{"alg":"EdDSA"}"""));

        Assert.StartsWith("s:", Verify(one).Name, StringComparison.Ordinal);
        Assert.Equal(Verify(one).Name, Verify(one).Name);
        Assert.NotEqual(Verify(one).Name, Verify(other).Name, StringComparer.Ordinal);
    }

    [Fact]
    public void Verify_SecretBeingReplaced_EitherKeyIsGood()
        => Assert.NotNull(_verification.Verify(Made(), Id, [Key(_other), Key(_secret)], Now));

    [Theory]
    [MemberData(nameof(Changes))]
    public void Verify_SignedNonsense_IsRefused(string claim, string value) => Refusal(() => Verify(Signed(claim, value)));

    [Theory]
    [InlineData("""{"alg":"none","nonce":"a"}""")]
    [InlineData("""{"alg":"HS256","nonce":"a"}""")]
    [InlineData("""{"nonce":"a"}""")]
    [InlineData("""{"alg":"EdDSA","alg":"EdDSA"}""")]
    [InlineData("""{"alg":"EdDSA","nonce":1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void Verify_SignedWithAnotherHeader_IsRefused(string header) => Refusal(() => Verify(Signed(header: header)));

    [Fact]
    public void Verify_AnotherKeyOrNone_IsRefused()
    {
        Assert.Equal("the assertion is not signed with the client's key", Refusal(() => _verification.Verify(Made(), Id, [Key(_other)], Now)));
        Refusal(() => _verification.Verify(Made(), Id, [], Now));
        Refusal(() => _verification.Verify(Made(), Id, [new byte[32], new byte[31]], Now));
    }

    [Fact]
    public void Verify_AnyByteChanged_IsRefused()
    {
        var assertion = Made();
        for (var place = 0; place < assertion.Length; place++)
        {
            var changed = assertion.ToCharArray();
            changed[place] = changed[place] == 'A' ? 'B' : 'A';
            Refusal(() => Verify(new(changed)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("é.é.é")]
    public void Verify_NoToken_IsRefused(string assertion)
    {
        Refusal(() => Verify(assertion));
        Assert.Null(ClientAssertionVerification.ClaimedClient(assertion));
    }

    private static string Refusal(Func<VerifiedAssertion> verify) => Assert.Throws<CredentialException>(verify).Message;

    private static ReadOnlyMemory<byte> Key(ClientSecret secret) => secret.PublicKey.ToArray();

    private VerifiedAssertion Verify(string assertion) => _verification.Verify(assertion, Id, [Key(_secret)], Now);

    private string Made() => ClientAssertion.Create(ClientId.Parse(Id), _secret, Now, "abc");

    private string Signed(string? claim = null, string value = "", string header = """{"alg":"EdDSA","nonce":"abc"}""")
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(Made().Split('.')[1]))!.AsObject();
        if (claim is not null)
        {
            claims[claim] = JsonNode.Parse(value);
        }

        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(_secret.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
