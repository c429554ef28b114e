namespace Baton.Grafana.Memberships;

/// <summary>A membership is not what it had to be for a change to be made. Nothing was changed.</summary>
internal sealed class RoleConflictException(string? role) : Exception
{
    /// <summary>What it is, in Grafana's words; null for no membership.</summary>
    public string? Role => role;
}
