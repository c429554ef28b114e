using Baton.CommandLine;

namespace Baton.Cli;

/// <summary>What the manual page says beside the flags.</summary>
internal static class BatonManual
{
    public static IReadOnlyList<ManualSection> Sections { get; } =
    [
        new(
            "EXIT STATUS",
            Entry(BatonExitCode.Done, "Done, also when nothing was found."),
            Entry(BatonExitCode.Failed, "The output cannot be written, or the program is defective."),
            Entry(BatonExitCode.Usage, "The command line is wrong, or names what the sync does not hold."),
            Entry(BatonExitCode.BadFile, "The file is missing, damaged, or none that a connector wrote."),
            Entry(BatonExitCode.NoSync, "The file holds no sync that can be shown."),
            Entry(BatonExitCode.Found, "What was asked about is so: there are differences, or a check failed."),
            Entry(BatonExitCode.Interrupted, "A signal ended it.")),
    ];

    private static ManualEntry Entry(BatonExitCode code, string text) => new($"{(int)code}", text);
}
