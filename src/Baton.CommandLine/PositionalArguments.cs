namespace Baton.CommandLine;

/// <summary>Which arguments besides flags a command takes.</summary>
/// <param name="Minimum">The fewest.</param>
/// <param name="Maximum">The most; null when there is no limit.</param>
/// <param name="Placeholder">How the usage line names them, e.g. <c>OLD NEW</c>.</param>
public sealed record PositionalArguments(int Minimum, int? Maximum, string Placeholder = "")
{
    public static PositionalArguments None { get; } = new(0, 0);

    public static PositionalArguments Any { get; } = new(0, null);

    /// <param name="arguments">What is left when the flags are read.</param>
    /// <param name="words">What they were read of.</param>
    /// <param name="command">Whose they are.</param>
    internal void Check(IReadOnlyList<string> arguments, List<string> words, CommandPath command)
    {
        if (arguments.Count > 0 && Maximum == 0)
        {
            throw command.UnknownCommand(words, words.IndexOf(arguments[0]));
        }

        if (arguments.Count < Minimum || arguments.Count > Maximum)
        {
            throw new UsageException($"accepts {Range()} arg(s), received {arguments.Count}");
        }
    }

    private string Range()
        => Maximum is null ? $"at least {Minimum}" : Maximum == Minimum ? $"{Minimum}" : $"between {Minimum} and {Maximum}";
}
