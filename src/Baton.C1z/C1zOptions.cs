using Baton.C1z.Container;

namespace Baton.C1z;

/// <summary>How a <c>.c1z</c> file is opened.</summary>
public sealed record C1zOptions
{
    /// <summary>Where the working copy goes; null for the system's temporary folder.</summary>
    public string? TemporaryFolder { get; init; }

    public DecodeLimits Limits { get; init; } = DecodeLimits.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
