namespace Baton.Testing.Grafana.State;

/// <summary>A non-human account of one organization. Its id comes from the same counter as the ids of accounts.</summary>
internal sealed class ServiceAccountRow
{
    public required long Id { get; init; }

    public required string Uid { get; init; }

    public required long OrgId { get; init; }

    public required string Name { get; set; }

    public required string Login { get; init; }

    public required GrafanaRole Role { get; set; }

    public bool IsDisabled { get; set; }

    /// <summary>Exactly these actions and scopes, instead of those of the role.</summary>
    public IReadOnlyDictionary<string, string[]>? Permissions { get; init; }

    public List<TokenRow> Tokens { get; } = [];
}
