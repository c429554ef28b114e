namespace Baton.Grafana.Teams;

/// <summary>A team as a sync knows it when it asks for the members.</summary>
/// <param name="MemberCount">What Grafana counted when it was listed; null when that is not known.</param>
/// <param name="IsProvisioned">Its members cannot be changed through the API.</param>
internal sealed record TeamReference(long Id, long OrganizationId, string Name, long? MemberCount, bool IsProvisioned)
{
    public override string ToString() => $"team {Id} ({Name})";
}
