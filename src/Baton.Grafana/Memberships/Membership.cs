namespace Baton.Grafana.Memberships;

/// <summary>That an account belongs to an organization, and with which role, in Grafana's words.</summary>
internal readonly record struct Membership(long AccountId, string Role, bool IsExternallySynced);
