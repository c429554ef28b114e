using Baton.Cli.Explorer.Api;
using Baton.CommandLine;

namespace Baton.Cli;

/// <summary>What the manual page says beside the flags.</summary>
internal static class BatonManual
{
    public static IReadOnlyList<ManualSection> Sections { get; } =
    [
        new(
            "EXIT STATUS",
            Entry(ExitCode.Done, "Done, also when nothing was found."),
            Entry(ExitCode.Failed, "The output cannot be written, or the program is defective."),
            Entry(ExitCode.Usage, "The command line is wrong, or names what the sync does not hold."),
            Entry(ExitCode.BadFile, "The file is missing, damaged, or none that a connector wrote."),
            Entry(ExitCode.NoSync, "The file holds no sync that can be shown."),
            Entry(ExitCode.Found, "What was asked about is so: there are differences, or a check failed."),
            Entry(ExitCode.Interrupted, "A signal ended it.")),
    ];

    private static ManualEntry Entry(ExitCode code, string text) => new($"{(int)code}", text);
}
