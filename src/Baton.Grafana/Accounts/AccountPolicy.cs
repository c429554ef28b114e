using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Accounts;

/// <summary>What the operator decided about accounts.</summary>
internal sealed record AccountPolicy
{
    /// <summary>The role of a new member whom nobody asked a role for (<c>--default-org-role</c>).</summary>
    public OrganizationRole DefaultRole { get; init; } = OrganizationRole.Viewer;

    /// <summary>New accounts leave the organizations that Grafana put them in by itself (<c>--remove-auto-assigned-membership</c>).</summary>
    public bool RemoveAutoAssigned { get; init; }

    /// <summary>Invitations are sent by Grafana; otherwise an administrator hands the link over (<c>--invite-by-mail</c>).</summary>
    public bool InviteByMail { get; init; } = true;

    /// <summary>What deleting an account does (<c>--deprovision</c>).</summary>
    public Deprovisioning Deprovisioning { get; init; } = Deprovisioning.Delete;

    /// <summary>Accounts may be deleted that are the last Admin of an organization (<c>--allow-last-admin-removal</c>).</summary>
    public bool AllowLastAdminRemoval { get; init; }

    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: the server does not have the role that new members get.</exception>
    public void RequireDefaultRole(ServerBuild server)
    {
        if (DefaultRole == OrganizationRole.None && server.Version is { } version && version < GrafanaVersion.RoleNone)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition, $"{Prefix.Connector}--default-org-role=None needs Grafana 10.2, and this is {server}; use Viewer, Editor or Admin");
        }
    }
}

internal enum Deprovisioning
{
    Delete,

    /// <summary>The account stays, with its history and what it owns, and nobody can sign in with it.</summary>
    Disable,
}
