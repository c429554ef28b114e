namespace Baton.Cli.Output;

/// <summary>How a text stands out on a terminal. Never the only way in which something is told.</summary>
internal enum Tone
{
    Plain,
    Bad,
    Notable,
    Good,
    Faint,
}

internal static class Tones
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

    public static Tone OfStatus(string status) => status is "disabled" or "deleted" ? Tone.Bad : Tone.Plain;

    public static Tone OfRole(string role) => Reading.RoleRank.Of(role) >= Reading.RoleRank.Admin ? Tone.Notable : Tone.Plain;
}
