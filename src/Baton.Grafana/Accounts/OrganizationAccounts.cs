using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>The accounts of a token's organization: invited, and removed from it.</summary>
internal sealed class OrganizationAccounts(
    GrafanaClient grafana, ServerBuildProbe build, AccountPolicy policy, ChangeLocks locks, TimeProvider time, ILogger logger) : IAccounts
{
    public CredentialDetailsAccountProvisioning Credentials { get; } = new()
    {
        SupportedCredentialOptions = { CapabilityDetailCredentialOption.NoPassword },
        PreferredCredentialOption = CapabilityDetailCredentialOption.NoPassword,
    };

    /// <summary>Disabling and signing out take a server administrator.</summary>
    public IReadOnlyList<ICustomAction> Actions => [];

    public async Task<AccountOutcome> CreateAsync(AccountDetails details, CredentialRequest credential, Change change, CancellationToken cancellationToken)
    {
        var (server, retry, organization) = await OpenAsync(cancellationToken);
        return await locks.RunAsync(
            organization.Id,
            () => new MemberInvitation(grafana, server, policy, retry, time, logger).RunAsync(details, change, cancellationToken),
            cancellationToken);
    }

    public async Task<ChangeOutcome> DeleteAsync(long id, Change change, CancellationToken cancellationToken)
    {
        var (server, retry, organization) = await OpenAsync(cancellationToken);
        var removal = new MemberRemoval(new OrganizationMemberships(grafana, server, retry), organization, server, policy, logger);
        return await locks.RunAsync(organization.Id, () => removal.RunAsync(id, change, cancellationToken), cancellationToken);
    }

    private async Task<(ServerBuild Server, RetryPolicy Retry, Organization Organization)> OpenAsync(CancellationToken cancellationToken)
    {
        var (server, retry) = await build.OpenAsync(time, logger, cancellationToken);
        var current = await retry.RunAsync(() => grafana.GetCurrentOrganizationAsync(cancellationToken), cancellationToken);
        return (server, retry, Organization.Of(current));
    }
}
