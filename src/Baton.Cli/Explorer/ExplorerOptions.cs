using System.Net;

namespace Baton.Cli.Explorer;

/// <summary>What the command line said about the explorer.</summary>
internal sealed record ExplorerOptions
{
    /// <summary>A loopback address: nobody but this machine is served.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The type that the page shows first; null for the overview.</summary>
    public string? StartType { get; init; }

    /// <summary>An earlier file to compare with; null when there is none.</summary>
    public string? PreviousFile { get; init; }
}
