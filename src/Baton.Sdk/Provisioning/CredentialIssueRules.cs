using System.Text.RegularExpressions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OptionCase = Baton.Protocol.Connector.V2.CredentialIssueOptions.OptionsOneofCase;

namespace Baton.Sdk.Provisioning;

/// <summary>Holds a request for a credential to what the connector says it can make. The texts are upstream's, which users see.</summary>
internal static partial class CredentialIssueRules
{
    /// <returns>What the connector says of the kind of credential that is asked for.</returns>
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: the first thing that does not fit.</exception>
    public static CredentialIssueOptionDescriptor Check(IssueCredentialRequest request, CredentialDetailsCredentialIssue issuance, DateTimeOffset now)
    {
        Require(RequestId().IsMatch(request.RequestId), "request id must be 1..128 characters containing only letters, digits, underscore, or hyphen");
        var options = request.CredentialOptions ?? new();
        var descriptor = Find(options, issuance);
        Require(descriptor.ResourceMode != CredentialResourceMode.Unspecified, "credential resource mode must be advertised");
        CheckNames("scope", options.ApiKey?.Scopes ?? options.Token?.Scopes ?? [], descriptor.Scopes, descriptor.CustomScopesAllowed);
        CheckNames("audience", options.Token?.Audiences ?? [], descriptor.Audiences, descriptor.CustomAudiencesAllowed);
        if (options.OptionsCase == OptionCase.Keypair)
        {
            CheckKey(options.Keypair.Profile ?? new(), descriptor.KeyProfiles);
        }

        if (request.ExpiresAt is { } end)
        {
            CheckEnd(end, descriptor.Expiry, now);
        }

        return descriptor;
    }

    private static CredentialIssueOptionDescriptor Find(CredentialIssueOptions options, CredentialDetailsCredentialIssue issuance)
    {
        var (option, name) = options.OptionsCase switch
        {
            OptionCase.ApiKey => (CapabilityDetailCredentialOption.ApiKey, "API_KEY"),
            OptionCase.Keypair => (CapabilityDetailCredentialOption.Keypair, "KEYPAIR"),
            OptionCase.Token => (CapabilityDetailCredentialOption.Token, "TOKEN"),
            OptionCase.ClientSecret => (CapabilityDetailCredentialOption.ClientSecret, "CLIENT_SECRET"),
            _ => throw Invalid("unsupported credential option"),
        };
        return issuance.Options.FirstOrDefault(descriptor => descriptor.Option == option)
            ?? throw Invalid($"credential option CAPABILITY_DETAIL_CREDENTIAL_OPTION_{name} is not advertised by connector");
    }

    private static void CheckNames(string what, IReadOnlyList<string> asked, IReadOnlyList<string> advertised, bool othersAllowed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in asked)
        {
            Require(!string.IsNullOrWhiteSpace(name), $"{what} must not be empty");
            Require(seen.Add(name), $"duplicate {what} \"{name}\"");
            Require(othersAllowed || advertised.Contains(name, StringComparer.Ordinal), $"{what} \"{name}\" is not advertised by connector");
        }
    }

    private static void CheckKey(KeyGenerationProfile profile, IReadOnlyList<KeyGenerationProfile> advertised)
    {
        var isPossible = profile.Kty switch
        {
            "RSA" => !profile.HasCrv && profile.RsaModulusBits is >= 2048 and <= 16384 && profile.RsaModulusBits % 256 == 0,
            "EC" => !profile.HasRsaModulusBits && profile.Crv is "P-256" or "P-384" or "P-521",
            "OKP" => !profile.HasRsaModulusBits && profile.Crv is "Ed25519" or "Ed448" or "X25519" or "X448",
            _ => false,
        };
        Require(isPossible, "unsupported key generation profile");
        Require(advertised.Contains(profile), "requested key generation profile is not advertised by connector");
    }

    private static void CheckEnd(Timestamp end, IssuanceExpiryCapability? bounds, DateTimeOffset now)
    {
        TimeSpan life;
        try
        {
            life = end.ToDateTimeOffset() - now;
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"expires_at must be valid: it has {end.Seconds} seconds and {end.Nanos} nanoseconds");
        }

        Require(life > TimeSpan.Zero, "expires_at must be in the future");
        Require(bounds is not null, "connector does not support caller-selected expiry");
        Require(bounds!.Min is not { } least || life >= least.ToTimeSpan(), "requested expiry is below connector minimum");
        Require(bounds.Max is not { } most || life <= most.ToTimeSpan(), "requested expiry exceeds connector maximum");
    }

    private static void Require(bool holds, string cause)
    {
        if (!holds)
        {
            throw Invalid(cause);
        }
    }

    private static ConnectorException Invalid(string cause) => new(StatusCode.InvalidArgument, $"invalid credential issuance request: {cause}");

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex RequestId();
}
