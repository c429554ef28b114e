namespace Baton.Cli.Output;

/// <summary>The terminal that the output goes to.</summary>
/// <param name="Width">In cells; null when it is not known.</param>
/// <param name="Colours">Whether it may be sent escape sequences.</param>
internal sealed record Terminal(int? Width, bool Colours)
{
    /// <summary>In lines; null when it is not known.</summary>
    public int? Height { get; init; }

    /// <summary>The terminal behind standard output; null when the output goes elsewhere.</summary>
    public static Terminal? Detect(Func<string, string?> environment)
        => Console.IsOutputRedirected
            ? null
            : new(Measure(() => Console.WindowWidth), AllowsColours(environment)) { Height = Measure(() => Console.WindowHeight) };

    // no-color.org: set and not empty, whatever the value.
    internal static bool AllowsColours(Func<string, string?> environment)
        => string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") is not ("dumb" or "" or null);

    private static int? Measure(Func<int> measure)
    {
        try
        {
            return measure() is > 0 and var size ? size : null;
        }
        catch (Exception refusal) when (refusal is IOException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
