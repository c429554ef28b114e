using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>How a terminal is told of a tone.</summary>
internal static class ToneSequences
{
    public const string Reset = "\u001b[0m";

    public static string Sequence(this CellTone tone) => tone switch
    {
        CellTone.Bad => "\u001b[31m",
        CellTone.Notable => "\u001b[33m",
        CellTone.Good => "\u001b[32m",
        CellTone.Faint => "\u001b[2m",
        _ => "",
    };
}
