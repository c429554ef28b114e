using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>How a terminal is told of a tone.</summary>
internal static class ToneSequences
{
    public const string Reset = "\u001b[0m";

    public static string Sequence(this Tone tone) => tone switch
    {
        Tone.Bad => "\u001b[31m",
        Tone.Notable => "\u001b[33m",
        Tone.Good => "\u001b[32m",
        Tone.Faint => "\u001b[2m",
        _ => "",
    };
}
