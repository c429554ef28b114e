namespace Baton.CommandLine;

/// <summary>One flag of a command: <c>--name</c>, perhaps with a short form <c>-n</c>.</summary>
public abstract class Flag
{
    private protected Flag(string name, string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Description = description;
    }

    /// <summary>Without the dashes.</summary>
    public string Name { get; }

    public string Description { get; }

    public char? Short { get; init; }

    /// <summary>Works, but help and completion do not mention it.</summary>
    public bool Hidden { get; init; }

    /// <summary>Also understood by every command below the one that declares it.</summary>
    public bool Persistent { get; init; }

    /// <summary>The word help shows for the value, instead of the kind's own (<c>string</c>, <c>strings</c>, <c>int</c>).</summary>
    public string? Placeholder { get; init; }

    /// <summary>How help and manual call the default, where it is another one each time.</summary>
    public string? DefaultWords { get; init; }

    /// <summary>False for flags whose presence is their value; those take another one only after <c>=</c>.</summary>
    internal virtual bool TakesValue => true;

    internal abstract string TypeWord { get; }

    /// <summary>The default as help shows it; empty when the default goes without saying.</summary>
    internal abstract string DefaultText { get; }

    internal string Meaning => (DefaultWords ?? DefaultText) is { Length: > 0 } shown ? $"{Description} (default {shown})" : Description;

    /// <summary>How error texts name the flag.</summary>
    internal string Display => Short is { } letter ? $"-{letter}, --{Name}" : $"--{Name}";

    /// <summary>The value after one more occurrence of the flag.</summary>
    /// <exception cref="FormatException">The text is no value of this kind.</exception>
    internal abstract object Accept(string text, object? earlier);
}

/// <summary>A flag whose value is a <typeparamref name="T"/>.</summary>
public abstract class Flag<T> : Flag
    where T : notnull
{
    private protected Flag(string name, string description, T defaultValue)
        : base(name, description)
    {
        Default = defaultValue;
    }

    public T Default { get; }

    /// <summary>Reads a value as the command line would, whatever source it came from.</summary>
    /// <exception cref="FormatException">The text is no value of this kind; the message says why.</exception>
    public abstract T Parse(string text);

    internal override object Accept(string text, object? earlier) => Parse(text);
}
