using Baton.Grafana.Api;

namespace Baton.Grafana.Servers;

/// <summary>Which Grafana a server is.</summary>
/// <param name="Version">As far as behaviour depends on it; null when the server hides it.</param>
/// <param name="Text">As the server writes it; empty when it hides it.</param>
internal sealed record ServerBuild(GrafanaVersion? Version, string Text)
{
    public static readonly ServerBuild Unknown = new(null, "");

    public override string ToString() => Text.Length > 0 ? $"Grafana {Text}" : "Grafana of an unknown version";
}
