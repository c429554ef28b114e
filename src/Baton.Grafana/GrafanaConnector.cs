using Baton.Grafana.Accounts;
using Baton.Grafana.Administrators;
using Baton.Grafana.Api;
using Baton.Grafana.Doctor;
using Baton.Grafana.Invitations;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Grafana.Roles;
using Baton.Grafana.Servers;
using Baton.Grafana.ServiceAccounts;
using Baton.Grafana.Teams;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana;

/// <summary>Grafana as a connector: accounts, organizations, teams, and who belongs to which with what role.</summary>
internal sealed partial class GrafanaConnector : IConnector, IDiagnosable
{
    private readonly GrafanaClient _client;
    private readonly IGrafanaDirectory _directory;
    private GrafanaDiagnosis? _diagnosis;

    private GrafanaConnector(
        GrafanaClient client,
        IGrafanaDirectory directory,
        IOrganizationReach reach,
        RoleProvisioning roles,
        IAccounts accounts,
        TimeProvider time,
        IReadOnlyList<IResourceSyncer> more)
    {
        _client = client;
        _directory = directory;
        Reach = reach;
        Syncers = [new OrganizationSyncer(directory, roles), new UserSyncer(directory, accounts, time), .. more];
        Actions = [.. accounts.Actions, new RoleSetting(roles)];
    }

    /// <summary>Where what belongs to an organization is read.</summary>
    public IOrganizationReach Reach { get; }

    public ConnectorMetadata Metadata { get; } = new()
    {
        DisplayName = "Grafana",
        Description = "Syncs the accounts, organizations and teams of a Grafana instance, which role each account has in which organization, who is in "
            + "which team and administers it, RBAC roles, server administrators, and pending invitations. Provisions accounts, organization roles, "
            + "team memberships and server administrators, and withdraws invitations.",
        AccountCreationSchema = AccountDetails.Schema,
    };

    public IReadOnlyList<IResourceSyncer> Syncers { get; }

    public IReadOnlyList<ICustomAction> Actions { get; }

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

        var secret = options.CurrentSecret ?? (() => options.Token ?? options.Password ?? "");
        var credential = options.Token is null ? Credential.Basic(options.Username ?? "", secret) : Credential.Bearer(secret);
        var connection = new ConnectorHttpOptions
        {
            CertificateAuthorityPath = options.CertificateAuthorityPath,
            SkipCertificateChecks = options.SkipCertificateChecks,
            Parallelism = context.Parallelism,
            Network = context.Network,
        };
        var http = ConnectorHttp.Create(connection);
        var client = new GrafanaClient(http, instance, new SignIn(credential, context.Time), context.HttpTimeout, context.Time, logger);
        var connector = options.Token is null ? ForServer(options, client, context) : ForOrganization(options, client, context);
        var types = connector.Syncers.Select(syncer => syncer.Type.Id).Where(type => context.SelectedTypes is [] || context.SelectedTypes.Contains(type, StringComparer.Ordinal));
        connector._diagnosis = new(client, options, connection, [.. types], context);
        return connector;
    }

    public Task ValidateAsync(CancellationToken cancellationToken) => _directory.ValidateAsync(cancellationToken);

    public IAsyncEnumerable<CheckResult> DiagnoseAsync(DiagnosisRequest request, CancellationToken cancellationToken) => _diagnosis!.RunAsync(request, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static GrafanaConnector ForServer(GrafanaOptions options, GrafanaClient client, ConnectorContext context)
    {
        var locks = new ChangeLocks();
        var build = new ServerBuildProbe(client, context.RetryLimit);

        // Its way to remove a member never deletes an account: the mode for tokens has nothing to avoid.
        var roles = new RoleProvisioning(
            (_, retry) => new ServerMemberships(client, retry), build, TokenRevokeMode.Remove, locks, context.Time, MembershipLogger(context));
        var accounts = new ServerAccounts(client, build, options.Accounts, locks, context.Time, AccountLogger(context));
        var directory = new ServerDirectory(client, build, options.Username ?? "");
        var reach = new ServerReach(client, build, directory, options.FailOnUnreachableOrganizations);
        var membership = new TeamProvisioning(
            client, reach, (_, retry) => new ServerMemberships(client, retry), build, locks, context.Time, TeamLogger(context));
        var access = new AccessControlReach(client, build, reach, options.RoleScope);
        var teams = new TeamSyncer(
            new TeamDirectory(reach, build, visible: null),
            new TeamMembers(reach, build, visible: null, failOnHiddenUsers: false, new TeamPrincipals(client)),
            membership,
            new TeamRoles(access, options.RoleScope));
        var administration = new ServerAdministration(client, build, options.Accounts, locks, context.Time, AdministrationLogger(context));
        return new(
            client,
            directory,
            reach,
            roles,
            accounts,
            context.Time,
            [
                teams,
                Roles(options, directory, access),
                .. ServiceAccountTypes.Of(reach, build, client.Instance, options, context),
                new InstanceSyncer(directory, administration),
                Invitations(reach, build, locks, context),
            ]);
    }

    private static GrafanaConnector ForOrganization(GrafanaOptions options, GrafanaClient client, ConnectorContext context)
    {
        var build = new ServerBuildProbe(client, context.RetryLimit);
        var locks = new ChangeLocks();
        var roles = new RoleProvisioning(
            (server, retry) => new OrganizationMemberships(client, server, retry), build, options.TokenRevokeMode, locks, context.Time, MembershipLogger(context));
        var accounts = new OrganizationAccounts(client, build, options.Accounts, locks, context.Time, AccountLogger(context));
        var directory = new OrganizationDirectory(client, build, options.FailOnHiddenUsers, options.FailOnUnreachableOrganizations);
        var reach = new TokenReach(client, build, options.FailOnUnreachableOrganizations);
        var visible = new VisibleAccounts(directory);
        var membership = new TeamProvisioning(
            client, reach, (server, retry) => new OrganizationMemberships(client, server, retry), build, locks, context.Time, TeamLogger(context));
        var access = new AccessControlReach(client, build, reach, options.RoleScope);
        var teams = new TeamSyncer(
            new TeamDirectory(reach, build, visible),
            new TeamMembers(reach, build, visible, options.FailOnHiddenUsers, new TeamPrincipals(server: null)),
            membership,
            new TeamRoles(access, options.RoleScope));
        return new(
            client,
            directory,
            reach,
            roles,
            accounts,
            context.Time,
            [
                teams,
                Roles(options, directory, access),
                .. ServiceAccountTypes.Of(reach, build, client.Instance, options, context),
                Invitations(reach, build, locks, context),
            ]);
    }

    private static RoleSyncer Roles(GrafanaOptions options, IGrafanaDirectory directory, AccessControlReach access)
        => new(new RoleListing(access, options.RoleScope), new RoleAssignments(directory, access, options.RoleScope), options.RoleScope);

    private static InvitationSyncer Invitations(
        IOrganizationReach reach, ServerBuildProbe build, ChangeLocks locks, ConnectorContext context)
        => new(
            reach,
            new InvitationWithdrawal(reach, build, locks, context.Time, context.Loggers.CreateLogger("Baton.Grafana.Invitations.InvitationWithdrawal")));

    private static ILogger MembershipLogger(ConnectorContext context) => context.Loggers.CreateLogger("Baton.Grafana.Memberships.RoleProvisioning");

    private static ILogger AccountLogger(ConnectorContext context) => context.Loggers.CreateLogger("Baton.Grafana.Accounts.IAccounts");

    private static ILogger TeamLogger(ConnectorContext context) => context.Loggers.CreateLogger("Baton.Grafana.Teams.TeamProvisioning");

    private static ILogger AdministrationLogger(ConnectorContext context)
        => context.Loggers.CreateLogger("Baton.Grafana.Administrators.ServerAdministration");

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning, Message = "the instance URL is http: the credential crosses the network unprotected")]
    private static partial void LogUnprotected(ILogger logger, string host);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Warning, Message = "certificates are not checked (--tls-insecure-skip-verify): anybody in between can read the credential")]
    private static partial void LogUnchecked(ILogger logger, string host);
}
