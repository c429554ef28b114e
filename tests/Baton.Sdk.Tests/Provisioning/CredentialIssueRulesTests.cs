using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class CredentialIssueRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly CredentialDetailsCredentialIssue Everything = ScriptedRobots.Offers(
        new()
        {
            Option = CapabilityDetailCredentialOption.ApiKey,
            Scopes = { "read" },
            Expiry = new() { Min = Duration.FromTimeSpan(TimeSpan.FromSeconds(60)), Max = Duration.FromTimeSpan(TimeSpan.FromDays(1)) },
            ResourceMode = CredentialResourceMode.Discoverable,
        },
        new()
        {
            Option = CapabilityDetailCredentialOption.Token,
            CustomScopesAllowed = true,
            Audiences = { "us" },
            ResourceMode = CredentialResourceMode.Virtual,
        },
        new()
        {
            Option = CapabilityDetailCredentialOption.Keypair,
            KeyProfiles = { new KeyGenerationProfile { Kty = "RSA", RsaModulusBits = 4096 }, new KeyGenerationProfile { Kty = "EC", Crv = "P-256" } },
            ResourceMode = CredentialResourceMode.Discoverable,
        },
        new() { Option = CapabilityDetailCredentialOption.ClientSecret });

    public static TheoryData<string, CredentialIssueOptions> Good => new()
    {
        { "a scope", new() { ApiKey = new() { Scopes = { "read" } } } },
        { "scopes of one's own", new() { Token = new() { Scopes = { "a", "b" }, Audiences = { "us" } } } },
        { "RSA", new() { Keypair = new() { Profile = new() { Kty = "RSA", RsaModulusBits = 4096 } } } },
        { "EC", new() { Keypair = new() { Profile = new() { Kty = "EC", Crv = "P-256" } } } },
    };

    public static TheoryData<string, CredentialIssueOptions> Bad => new()
    {
        { "unsupported credential option", new() },
        { "credential resource mode must be advertised", new() { ClientSecret = new() } },
        { "scope must not be empty", new() { ApiKey = new() { Scopes = { "" } } } },
        { "duplicate scope \"read\"", new() { ApiKey = new() { Scopes = { "read", "read" } } } },
        { "scope \"write\" is not advertised by connector", new() { ApiKey = new() { Scopes = { "read", "write" } } } },
        { "duplicate scope \"a\"", new() { Token = new() { Scopes = { "a", "a" } } } },
        { "audience \"them\" is not advertised by connector", new() { Token = new() { Audiences = { "them" } } } },
        { "unsupported key generation profile", new() { Keypair = new() } },
        { "unsupported key generation profile", new() { Keypair = new() { Profile = new() { Kty = "RSA", RsaModulusBits = 1024 } } } },
        { "unsupported key generation profile", new() { Keypair = new() { Profile = new() { Kty = "RSA", RsaModulusBits = 2049 } } } },
        { "unsupported key generation profile", new() { Keypair = new() { Profile = new() { Kty = "EC", Crv = "Ed25519" } } } },
        { "unsupported key generation profile", new() { Keypair = new() { Profile = new() { Kty = "OKP", RsaModulusBits = 4096 } } } },
        { "requested key generation profile is not advertised by connector", new() { Keypair = new() { Profile = new() { Kty = "RSA", RsaModulusBits = 2048 } } } },
        { "requested key generation profile is not advertised by connector", new() { Keypair = new() { Profile = new() { Kty = "OKP", Crv = "Ed25519" } } } },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Check_OptionsThatAreOffered_FindsTheirDescriptor(string what, CredentialIssueOptions options)
    {
        var descriptor = CredentialIssueRules.Check(Request(options), Everything, Now);

        Assert.True(Everything.Options.Contains(descriptor), what);
        Assert.Equal(options.OptionsCase.ToString(), descriptor.Option.ToString());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_OptionsThatAreNotOffered_AreRefusedInUpstreamsWords(string cause, CredentialIssueOptions options)
        => AssertRefused(cause, Request(options), Everything);

    [Fact]
    public void Check_KindThatIsNotOffered_IsNamed()
        => AssertRefused(
            "credential option CAPABILITY_DETAIL_CREDENTIAL_OPTION_KEYPAIR is not advertised by connector",
            Request(new() { Keypair = new() }),
            ScriptedRobots.Offers(Everything.Options[0]));

    [Theory]
    [InlineData("a", true)]
    [InlineData("3FYAqsoAsYXEkeLR5Uu1KEjMVwQ", true)]
    [InlineData("a-b_C9", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("ä", false)]
    [InlineData("../tokens", false)]
    public void Check_Id_HasTheLettersOfAName(string id, bool isGood)
    {
        var request = Request(new() { ApiKey = new() });
        request.RequestId = id;

        if (isGood)
        {
            CredentialIssueRules.Check(request, Everything, Now);
        }
        else
        {
            AssertRefused("request id must be 1..128 characters containing only letters, digits, underscore, or hyphen", request, Everything);
        }
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Check_LongId_IsBounded(int length, bool isGood)
    {
        var request = Request(new() { ApiKey = new() });
        request.RequestId = new('a', length);

        Assert.Equal(isGood, Record.Exception(() => CredentialIssueRules.Check(request, Everything, Now)) is null);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(86400, null)]
    [InlineData(0, "expires_at must be in the future")]
    [InlineData(-1, "expires_at must be in the future")]
    [InlineData(59, "requested expiry is below connector minimum")]
    [InlineData(86401, "requested expiry exceeds connector maximum")]
    public void Check_End_IsWithinTheBounds(int seconds, string? cause)
    {
        var request = Request(new() { ApiKey = new() });
        request.ExpiresAt = Now.AddSeconds(seconds).ToTimestamp();

        if (cause is null)
        {
            CredentialIssueRules.Check(request, Everything, Now);
        }
        else
        {
            AssertRefused(cause, request, Everything);
        }
    }

    [Fact]
    public void Check_EndOfWhatHasNone_IsRefused()
    {
        var request = Request(new() { Token = new() });
        request.ExpiresAt = Now.AddHours(1).ToTimestamp();

        AssertRefused("connector does not support caller-selected expiry", request, Everything);
    }

    [Fact]
    public void Check_EndIsNoTime_IsRefused()
    {
        var request = Request(new() { ApiKey = new() });
        request.ExpiresAt = new() { Seconds = 1, Nanos = -1 };

        AssertRefused("expires_at must be valid: it has 1 seconds and -1 nanoseconds", request, Everything);
    }

    private static IssueCredentialRequest Request(CredentialIssueOptions options) => new() { RequestId = "req-1", CredentialOptions = options };

    private static void AssertRefused(string cause, IssueCredentialRequest request, CredentialDetailsCredentialIssue issuance)
    {
        var refusal = Assert.Throws<ConnectorException>(() => CredentialIssueRules.Check(request, issuance, Now));
        Assert.Equal((StatusCode.InvalidArgument, $"invalid credential issuance request: {cause}"), (refusal.Code, refusal.Message));
    }
}
