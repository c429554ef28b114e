namespace Baton.Cli;

/// <summary>How the process says what became of it. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;

    /// <summary>The command line, or a value in it, is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file cannot be read, or is not what it should be.</summary>
    public const int File = 3;

    /// <summary>The file holds no sync that could be used.</summary>
    public const int NoSync = 4;

    /// <summary>What was asked about was found: changes, findings, rows without a decision.</summary>
    public const int Condition = 5;

    public const int Interrupted = 130;
}
