using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Permissions;

/// <summary>
/// What the credential may do in an organization, as the server says. With narrow scopes Grafana filters its lists and answers 200, and
/// what is filtered out would look deleted: so the scopes are looked at before the lists.
/// </summary>
internal sealed class OwnPermissions
{
    private readonly Dictionary<string, IReadOnlyList<string>>? _scopes;

    private OwnPermissions(Dictionary<string, IReadOnlyList<string>>? scopes) => _scopes = scopes;

    /// <summary>Whether the server told. Before Grafana 9 none does, and lists are not filtered: one may read them or not.</summary>
    public bool AreTold => _scopes is not null;

    public static async Task<OwnPermissions> ReadAsync(GrafanaClient grafana, GrafanaVersion? version, CancellationToken cancellationToken)
    {
        if (version is { Major: < 9 })
        {
            return new(null);
        }

        try
        {
            return new(await grafana.GetOwnPermissionsAsync(cancellationToken));
        }
        catch (ConnectorException absent) when (absent.Code is StatusCode.NotFound && version is null)
        {
            return new(null);
        }
        catch (ConnectorException absent) when (absent.Code is StatusCode.NotFound)
        {
            throw GrafanaClient.NoListing(absent);
        }
    }

    /// <summary>What is missing, in words that name the action and the scope; null when nothing is, or the server does not tell.</summary>
    public string? GapFor(IReadOnlyList<NeededAction> needed) => needed.Select(GapFor).FirstOrDefault(gap => gap is not null);

    private string? GapFor(NeededAction needed)
    {
        if (_scopes is null)
        {
            return null;
        }

        if (!_scopes.TryGetValue(needed.Action, out var scopes))
        {
            return needed.Required ? $"the credential lacks the permission {needed.Action} (scope {needed.WholeScope})" : null;
        }

        return needed.IsCoveredBy(scopes)
            ? null
            : $"the credential holds {needed.Action} for {string.Join(", ", scopes.Take(3))} only; it needs the scope {needed.WholeScope}, or whatever it does not see would look deleted";
    }
}
