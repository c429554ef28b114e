namespace Podium.Connectors.Attempts;

/// <summary>What is answered to a process that says how its work ended.</summary>
internal enum FinishResult
{
    /// <summary>Taken, or the same was taken before.</summary>
    Accepted,

    /// <summary>This connector has no such work.</summary>
    Unknown,

    /// <summary>It is over, or another process has it.</summary>
    NotTheirs,

    /// <summary>A sync that is said to be done, of which nothing was uploaded: it counts as failed.</summary>
    WithoutUpload,

    /// <summary>A hello is ended by a hello.</summary>
    WrongEnd,
}
