namespace Baton.Cli;

/// <summary>How the program ends. Scripts depend on the numbers; docs/baton.md lists them.</summary>
internal enum BatonExitCode
{
    /// <summary>Also when nothing was found.</summary>
    Done = 0,

    /// <summary>Something else than the following: the output cannot be written, or a defect.</summary>
    Failed = 1,

    /// <summary>The command line is wrong, or names what the sync does not hold.</summary>
    Usage = 2,

    /// <summary>The file is missing, damaged, or none of ours.</summary>
    BadFile = 3,

    /// <summary>The file holds no sync that can be shown.</summary>
    NoSync = 4,

    /// <summary>What was asked about is so: there are differences, or a check failed.</summary>
    Found = 5,

    /// <summary>A signal ended it. The number is the shell's.</summary>
    Interrupted = 130,
}
