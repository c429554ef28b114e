using Baton.CommandLine;
using Baton.Sdk.Hosting.OneShot;

namespace Baton.Sdk.Hosting;

/// <summary>What a user reads of a failure.</summary>
internal static class FailureText
{
    public static string Of(Exception failure) => failure switch
    {
        ChangeInterruptedException stopped => stopped.Message,
        OperationCanceledException => "interrupted",
        UsageException { Hint: { } hint } => $"{failure.Message} ({hint})",
        _ when ExitCode.IsForeseen(failure) => failure.Message,

        // A full disk, a missing right: nothing that a stack trace would explain.
        IOException or UnauthorizedAccessException => $"the system refuses: {failure.Message}",
        _ => $"unexpected failure, please report it: {failure}",
    };
}
