namespace Baton.Grafana.Api;

/// <summary>What is of interest in <c>/api/frontend/settings</c>.</summary>
internal sealed record GrafanaSettings
{
    public GrafanaBuildInfo? BuildInfo { get; init; }

    /// <summary>False as well when the server does not tell.</summary>
    public bool IsOpenSource => BuildInfo is { Edition: "Open Source" } or { Edition: null or "", IsEnterprise: false };
}

internal sealed record GrafanaBuildInfo
{
    public string? Version { get; init; }

    /// <summary>Such as <c>Open Source</c>, <c>Enterprise</c>.</summary>
    public string? Edition { get; init; }

    /// <summary>Before there was <see cref="Edition"/>.</summary>
    public bool? IsEnterprise { get; init; }
}
