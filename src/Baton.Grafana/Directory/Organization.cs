namespace Baton.Grafana.Directory;

/// <summary>An organization, its name as Grafana has it.</summary>
internal sealed record Organization(long Id, string Name);
