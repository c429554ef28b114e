using System.Net;

namespace Baton.Cli.Explorer;

/// <summary>What the command line said about the explorer.</summary>
internal sealed record ExplorerOptions
{
    /// <summary>A loopback address: nobody but this machine is served.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>An account that was last seen longer ago than this, counted from the end of the sync, is dormant.</summary>
    public int DormantDays { get; init; } = 90;

    /// <summary>The type that the page shows first; null for the overview.</summary>
    public string? StartType { get; init; }

    /// <summary>An earlier file to compare with; null when there is none.</summary>
    public string? PreviousFile { get; init; }
}
