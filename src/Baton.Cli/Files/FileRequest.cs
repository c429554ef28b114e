namespace Baton.Cli.Files;

/// <summary>Which file is to be opened, and which sync of it is to be shown.</summary>
/// <param name="File">The path.</param>
/// <param name="SyncId">The sync that was asked for; null for the usual choice.</param>
internal record FileRequest(string File, string? SyncId)
{
    public bool AllowUnfinished { get; init; }

    /// <summary>Says nothing on standard error but why it failed.</summary>
    public bool Quiet { get; init; }
}
