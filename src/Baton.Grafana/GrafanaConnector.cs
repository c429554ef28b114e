using Baton.Grafana.Api;
using Baton.Grafana.Directory;
using Baton.Grafana.Memberships;
using Baton.Grafana.Resources;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana;

/// <summary>Grafana as a connector: accounts, organizations, and who belongs to which with what role.</summary>
internal sealed partial class GrafanaConnector : IConnector
{
    private readonly GrafanaClient _client;
    private readonly IGrafanaDirectory _directory;

    private GrafanaConnector(GrafanaClient client, IGrafanaDirectory directory, RoleProvisioning roles, TimeProvider time)
    {
        _client = client;
        _directory = directory;
        Syncers = [new OrganizationSyncer(directory, roles), new UserSyncer(directory, time)];
    }

    public ConnectorMetadata Metadata { get; } = new()
    {
        DisplayName = "Grafana",
        Description = "Syncs the accounts and organizations of a Grafana instance, and which role each account has in which organization.",
    };

    public IReadOnlyList<IResourceSyncer> Syncers { get; }

    /// <exception cref="ConnectorException">The options cannot be used: a malformed URL, an impossible token, an unreadable certificate.</exception>
    public static GrafanaConnector Create(GrafanaOptions options, ConnectorContext context)
    {
        var instance = InstanceUrl.Parse(options.Hostname);
        var logger = context.Loggers.CreateLogger("Baton.Grafana.Api.GrafanaClient");
        if (InstanceUrl.IsUnprotected(instance))
        {
            LogUnprotected(logger, instance.Host);
        }

        if (options.SkipCertificateChecks)
        {
            LogUnchecked(logger, instance.Host);
        }

        if (options.SyncServiceAccountTokens)
        {
            LogNoTokens(logger);
        }

        var credential = options.Token is { } token ? Credential.Bearer(token) : Credential.Basic(options.Username ?? "", options.Password ?? "");
        var http = ConnectorHttp.Create(new()
        {
            CertificateAuthorityPath = options.CertificateAuthorityPath,
            SkipCertificateChecks = options.SkipCertificateChecks,
            Parallelism = context.Parallelism,
        });
        var client = new GrafanaClient(http, instance, credential, context.HttpTimeout, context.Time, logger);
        var build = new ServerBuildProbe(client);
        IGrafanaDirectory directory = options.Token is null
            ? new ServerDirectory(client, build, options.Username ?? "")
            : new OrganizationDirectory(client, build, options.FailOnHiddenUsers);
        Func<ServerBuild, RetryPolicy, IMemberships> memberships = options.Token is null
            ? (_, retry) => new ServerMemberships(client, retry)
            : (server, retry) => new OrganizationMemberships(client, server, retry);

        // The administrator's way to remove a member never deletes an account: there is nothing to avoid.
        var revokeMode = options.Token is null ? TokenRevokeMode.Remove : options.TokenRevokeMode;
        var roles = new RoleProvisioning(
            memberships, build, revokeMode, context.Time, context.Loggers.CreateLogger("Baton.Grafana.Memberships.RoleProvisioning"));
        return new GrafanaConnector(client, directory, roles, context.Time);
    }

    public Task ValidateAsync(CancellationToken cancellationToken) => _directory.ValidateAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning, Message = "the instance URL is http: the credential crosses the network unprotected")]
    private static partial void LogUnprotected(ILogger logger, string host);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Warning, Message = "certificates are not checked (--tls-insecure-skip-verify): anybody in between can read the credential")]
    private static partial void LogUnchecked(ILogger logger, string host);

    [LoggerMessage(EventId = 2013, Level = LogLevel.Warning, Message = "service account tokens are not synced by this version: sync-service-account-tokens has no effect")]
    private static partial void LogNoTokens(ILogger logger);
}
