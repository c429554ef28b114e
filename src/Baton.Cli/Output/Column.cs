namespace Baton.Cli.Output;

/// <summary>One column of a table of <typeparamref name="T"/>.</summary>
internal sealed record Column<T>(string Title, Func<T, string> Text)
{
    /// <summary>What <c>--columns</c> and the header of a CSV call it.</summary>
    public string Name { get; } = Title.ToLowerInvariant().Replace(' ', '_');

    /// <summary>What <c>--sort</c> goes by, where that is another order than the text's.</summary>
    public Func<T, string>? SortText { get; init; }

    /// <summary>Numbers stand at the right, where their digits line up.</summary>
    public bool IsNumber { get; init; }

    /// <summary>How a text stands out where there are colours.</summary>
    public Func<string, Tone> Tones { get; init; } = _ => Tone.Plain;

    /// <summary>Never cut to fit a terminal: what others are asked for by, of which a part is of no use.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Left out of tables for people unless it is asked for: there is only so much room.</summary>
    public bool IsDetail { get; init; }

    /// <summary>The same column of what holds a <typeparamref name="T"/>.</summary>
    public Column<TOuter> Of<TOuter>(Func<TOuter, T> inner) => new(Title, row => Text(inner(row)))
    {
        SortText = SortText is { } text ? row => text(inner(row)) : null,
        IsNumber = IsNumber,
        Tones = Tones,
        IsWhole = IsWhole,
        IsDetail = IsDetail,
    };

    /// <summary>The column that a flag names, however its words are joined.</summary>
    /// <exception cref="CliException">None is called so.</exception>
    public static Column<T> Find(IReadOnlyList<Column<T>> all, string name, string flag)
        => all.FirstOrDefault(column => column.Name.Equals(name.Replace(' ', '_').Replace('-', '_'), StringComparison.OrdinalIgnoreCase))
            ?? throw new CliException($"--{flag} does not know \"{name}\"; there are {string.Join(", ", all.Select(column => column.Name))}", ExitCode.Usage);
}
