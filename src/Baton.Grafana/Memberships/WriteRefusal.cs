using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>What Grafana means by refusing to change a membership, once the state has been looked at and does not explain it.</summary>
internal static class WriteRefusal
{
    private const string ExternallySynced = "org.externallySynced";

    /// <param name="answer">The refusal.</param>
    /// <param name="organization">The organization, as people know it.</param>
    /// <param name="label">The account, as people know it.</param>
    /// <param name="role">The role that it was to have; null when it was to be removed.</param>
    public static ConnectorException Explain(WriteAnswer answer, string organization, string label, string? role) => answer.Status switch
    {
        403 when answer.MessageId == ExternallySynced || Says(answer, "externally synced") => new(
            StatusCode.FailedPrecondition,
            $"{Prefix.Connector}an identity provider decides on the role of {label}, so Grafana refuses to change it. Change it there, or set skip_org_role_sync = true "
            + "in the section of that provider in Grafana's configuration ([auth.<provider>], [auth.ldap], [auth.saml] or [auth.jwt], not [auth])"),
        403 when Says(answer, "quota") => new(StatusCode.ResourceExhausted, $"{Prefix.Connector}{organization} is full: {answer.Message}; raise the quota in Grafana"),
        403 when Says(answer, "higher than") => new(
            StatusCode.PermissionDenied, $"{Prefix.Connector}Grafana refuses to give {label} the role {role}: {answer.Message}; give the credential at least that role"),
        403 => new(
            StatusCode.PermissionDenied,
            $"{Prefix.Connector}Grafana forbids it: {(answer.Message.Length > 0 ? answer.Message : "permission denied")}; the credential needs org.users:read, org.users:add, org.users:write and org.users:remove (scope users:*)"),
        404 => new(StatusCode.NotFound, $"{Prefix.Connector}Grafana knows no {label}: {answer.Message}"),

        // The account and the organization are there, and the membership is as it was: it may work later.
        500 => new(StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; read back, nothing changed", answer.Failure),
        _ => new(answer.Failure?.Code ?? StatusCode.Unknown, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
    };

    private static bool Says(WriteAnswer answer, string words) => answer.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
