using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Connectors;

/// <summary>What the host gives a connector when it makes it.</summary>
public sealed record ConnectorContext
{
    public required ILoggerFactory Loggers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The bound on requests under way at once.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>How long one request may take.</summary>
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(300);

    public ConnectorNetwork Network { get; init; } = ConnectorNetwork.Direct;

    /// <summary>How often in a row a request is repeated that fails with what passes by itself: the same for whatever is done.</summary>
    public int RetryLimit { get; init; } = RetryPolicy.DefaultLimit;

    /// <summary>The resource types chosen for the sync; empty for all.</summary>
    public IReadOnlyList<string> SelectedTypes { get; init; } = [];
}
