namespace Baton.CommandLine;

/// <summary>
/// The flags that were given, by name. A flag that was not given has its default, and <see cref="IsSet"/> tells the two apart.
/// </summary>
public sealed class FlagValues
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>No flag given.</summary>
    public static FlagValues None { get; } = new();

    /// <summary>Whether the flag was given, even if with the value of its default.</summary>
    public bool IsSet(string name) => _values.ContainsKey(name);

    public T Get<T>(Flag<T> flag)
        where T : notnull
        => _values.TryGetValue(flag.Name, out var value) ? (T)value : flag.Default;

    internal void Accept(Flag flag, string text)
    {
        try
        {
            _values[flag.Name] = flag.Accept(text, _values.GetValueOrDefault(flag.Name));
        }
        catch (FormatException refusal)
        {
            var quoted = Values.QuotedText.Quote(text);
            throw new UsageException($"invalid argument {quoted} for \"{flag.Display}\" flag: {refusal.Message}");
        }
    }
}
