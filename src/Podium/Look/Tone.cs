namespace Podium.Look;

/// <summary>What a colour means; always beside a word. Public, as all that a component takes must be.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    None,
    Off,
    Busy,
    Good,

    /// <summary>Waiting, news.</summary>
    Low,

    /// <summary>Needs a look.</summary>
    Medium,

    /// <summary>Privileged, failed, lost.</summary>
    High,
}

internal static class ToneExtensions
{
    /// <summary>With a space before it, to stand behind another class.</summary>
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Off => " off",
        Tone.Busy => " busy",
        Tone.Good => " good",
        Tone.Low => " low",
        Tone.Medium => " medium",
        Tone.High => " high",
        _ => "",
    };
}
