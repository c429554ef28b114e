namespace Baton.Cli;

/// <summary>A command that cannot do what it was asked for. The message says why, and what to do, in one line.</summary>
internal sealed class CliException(string message, BatonExitCode code = BatonExitCode.Failed) : Exception(message)
{
    public BatonExitCode Code { get; } = code;
}
