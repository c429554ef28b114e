using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>Service accounts where tokens are synced too: those that are made here are seen again, and can be deleted.</summary>
internal sealed class IssuingServiceAccountSyncer(
    ServiceAccountDirectory directory, ServerBuildProbe build, bool organizationsAreSynced, TokenIssuing issuing)
    : ServiceAccountSyncer(directory, build, organizationsAreSynced), ICredentialIssuer
{
    public CredentialDetailsCredentialIssue Issuance { get; } = new()
    {
        Options =
        {
            new CredentialIssueOptionDescriptor
            {
                Option = CapabilityDetailCredentialOption.ApiKey,
                Expiry = new() { Min = TokenLife.Shortest.ToDuration() },
                ResourceMode = CredentialResourceMode.Discoverable,
                SecretResourceTypeId = ServiceAccountTokenResource.TypeId,
            },
        },
        PreferredOption = CapabilityDetailCredentialOption.ApiKey,
    };

    public Task<IssuedCredential> IssueCredentialAsync(
        ResourceId identity, CredentialIssueRequest request, Change change, CancellationToken cancellationToken)
        => issuing.RunAsync(TokenHandle.ParseServiceAccount(identity), request, change, cancellationToken);
}
