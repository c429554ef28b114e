namespace Baton.Grafana.Permissions;

/// <summary>An action that a listing needs for all of its rows.</summary>
/// <param name="Action">As <c>teams:read</c>.</param>
/// <param name="Kinds">The kinds that a scope for all rows names, the usual one first: <c>teams</c> for <c>teams:*</c>.</param>
/// <param name="Required">Missing altogether it is an error too, not only when it is narrow.</param>
internal sealed record NeededAction(string Action, IReadOnlyList<string> Kinds, bool Required = true)
{
    public string WholeScope => $"{Kinds[0]}:*";

    /// <summary>Whether scopes such as <c>users:*</c> cover everything of the kind.</summary>
    public bool IsCoveredBy(IReadOnlyList<string> scopes)
        => scopes.Any(scope => scope == "*" || Kinds.Any(kind => scope == $"{kind}:*" || scope == $"{kind}:id:*"));
}
