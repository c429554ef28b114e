namespace Baton.Grafana.Api;

/// <summary>Who can hold a role of access control.</summary>
internal enum RoleHolderKind
{
    Team,

    /// <summary>People and service accounts, whose ids come from one sequence.</summary>
    Account,
}
