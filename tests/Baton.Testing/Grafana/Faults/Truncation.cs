namespace Baton.Testing.Grafana.Faults;

/// <summary>What the headers of a cut-off body promised.</summary>
public enum Truncation
{
    /// <summary>A <c>Content-Length</c> larger than what arrives.</summary>
    BelowContentLength,

    /// <summary>Chunks, without the last one.</summary>
    WithinChunks,

    /// <summary>Just what arrives: nothing but the body itself tells that something is missing.</summary>
    Unannounced,
}
