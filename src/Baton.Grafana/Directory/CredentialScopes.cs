using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Directory;

/// <summary>What the credential may do, as the server says.</summary>
internal static class CredentialScopes
{
    /// <summary>
    /// With narrow scopes Grafana filters its lists and answers 200, and what is filtered out would look deleted: so the scopes are
    /// looked at before the lists.
    /// </summary>
    /// <exception cref="ConnectorException">A scope is missing or too narrow; the message names the action.</exception>
    public static async Task RequireAsync(
        GrafanaClient grafana, GrafanaVersion? version, IReadOnlyList<NeededAction> needed, CancellationToken cancellationToken)
    {
        if (version is { Major: < 9 })
        {
            return;
        }

        Dictionary<string, IReadOnlyList<string>> own;
        try
        {
            own = await grafana.GetOwnPermissionsAsync(cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code is StatusCode.NotFound)
        {
            return;
        }

        foreach (var action in needed)
        {
            if (!own.TryGetValue(action.Action, out var scopes))
            {
                if (action.Required)
                {
                    throw new ConnectorException(
                        StatusCode.PermissionDenied, $"the credential lacks the permission {action.Action} (scope {action.Kinds[0]}:*)");
                }
            }
            else if (!action.IsCoveredBy(scopes))
            {
                throw new ConnectorException(
                    StatusCode.PermissionDenied,
                    $"the credential holds {action.Action} for {string.Join(", ", scopes.Take(3))} only; it needs the scope {action.Kinds[0]}:*, or whatever it does not see would look deleted");
            }
        }
    }
}

/// <summary>An action that a listing needs for all of its rows, and the kinds that a scope for all of them names.</summary>
/// <param name="Required">Missing altogether it is an error too, not only when it is narrow.</param>
internal sealed record NeededAction(string Action, IReadOnlyList<string> Kinds, bool Required)
{
    /// <summary>Whether scopes such as <c>users:*</c> cover everything of the kind.</summary>
    public bool IsCoveredBy(IReadOnlyList<string> scopes)
        => scopes.Any(scope => scope == "*" || Kinds.Any(kind => scope == $"{kind}:*" || scope == $"{kind}:id:*"));
}
