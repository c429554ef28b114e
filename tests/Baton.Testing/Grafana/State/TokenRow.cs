namespace Baton.Testing.Grafana.State;

/// <summary>A bearer credential of one organization: a legacy API key, or a token of a service account.</summary>
internal sealed class TokenRow
{
    public required long Id { get; init; }

    public required long OrgId { get; init; }

    public required string Name { get; init; }

    public required string Key { get; init; }

    /// <summary>The role of an API key; a token has its service account's.</summary>
    public GrafanaRole Role { get; init; }

    public ServiceAccountRow? ServiceAccount { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? LastUsed { get; set; }

    public bool IsRevoked { get; set; }
}
