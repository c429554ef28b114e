using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>The accounts of a server, as its administrator.</summary>
internal sealed class ServerAccounts : IAccounts
{
    private readonly GrafanaClient _grafana;
    private readonly ServerBuildProbe _build;
    private readonly AccountPolicy _policy;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private readonly ChangeLocks _locks;

    public ServerAccounts(GrafanaClient grafana, ServerBuildProbe build, AccountPolicy policy, ChangeLocks locks, TimeProvider time, ILogger logger)
    {
        (_grafana, _build, _policy, _locks, _time, _logger) = (grafana, build, policy, locks, time, logger);
        Actions = [.. AccountAction.All(grafana, RunAsync, policy, logger)];
    }

    public CredentialDetailsAccountProvisioning Credentials { get; } = new()
    {
        SupportedCredentialOptions = { CapabilityDetailCredentialOption.RandomPassword, CapabilityDetailCredentialOption.EncryptedPassword },
        PreferredCredentialOption = CapabilityDetailCredentialOption.RandomPassword,
    };

    public IReadOnlyList<ICustomAction> Actions { get; }

    public Task<AccountOutcome> CreateAsync(AccountDetails details, CredentialRequest credential, Change change, CancellationToken cancellationToken)
        => RunAsync(
            (server, retry) => new ServerAccountCreation(_grafana, server, _policy, retry, _time, _logger).RunAsync(details, credential, change, cancellationToken),
            cancellationToken);

    public Task<ChangeOutcome> DeleteAsync(long id, Change change, CancellationToken cancellationToken)
        => RunAsync(
            (server, retry) => new ServerAccountRemoval(_grafana, server, _policy, retry, _logger).RunAsync(id, change, cancellationToken), cancellationToken);

    private async Task<T> RunAsync<T>(Func<ServerBuild, RetryPolicy, Task<T>> change, CancellationToken cancellationToken)
    {
        var (server, retry) = await _build.OpenAsync(_time, _logger, cancellationToken);
        return await _locks.RunAsync(() => change(server, retry), cancellationToken);
    }
}
