namespace Baton.CommandLine.Parsing;

/// <summary>The flags a command understands, by long and by short name.</summary>
internal sealed class FlagSet
{
    private readonly Dictionary<string, Flag> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<char, Flag> _byLetter = [];

    public FlagSet(IEnumerable<Flag> flags)
    {
        foreach (var flag in flags)
        {
            if (!_byName.TryAdd(flag.Name, flag) || (flag.Short is { } letter && !_byLetter.TryAdd(letter, flag)))
            {
                throw new ArgumentException($"the flag {flag.Display} is defined twice", nameof(flags));
            }
        }
    }

    public Flag? Find(string name) => _byName.GetValueOrDefault(name);

    public Flag? Find(char letter) => _byLetter.GetValueOrDefault(letter);

    public IEnumerable<string> Names => _byName.Values.Where(flag => !flag.Hidden).Select(flag => flag.Name);
}
