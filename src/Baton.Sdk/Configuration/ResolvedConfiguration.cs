namespace Baton.Sdk.Configuration;

/// <summary>The values in force, each with its source. Immutable. Names are those of the fields; asking for another one is a bug.</summary>
public sealed class ResolvedConfiguration
{
    private const int LongestName = 7;

    private readonly IReadOnlyDictionary<string, ResolvedValue> _values;

    internal ResolvedConfiguration(IReadOnlyDictionary<string, ResolvedValue> values, FieldGroup? group)
    {
        _values = values;
        Group = group;
    }

    /// <summary>
    /// The field group in use; null when the connector has none. It alone decides how to authenticate: fields of other groups may
    /// well hold values, left over in the environment, and mean nothing.
    /// </summary>
    public FieldGroup? Group { get; }

    /// <summary>
    /// The values of all secrets that are set, for those who must not show them. A short password that is also the user's name, as in
    /// admin and admin, is not among them: it keeps no secret, and to replace it would garble whatever has the word in it.
    /// </summary>
    public IReadOnlyList<string> Secrets
        => [.. _values.Values.Where(value => value.Field.Secret && !value.IsEmpty).Select(value => value.Value).OfType<string>().Where(secret => !IsName(secret))];

    public string GetString(string name) => Get<string>(name);

    public long GetInteger(string name) => Get<long>(name);

    public bool GetBoolean(string name) => Get<bool>(name);

    public IReadOnlyList<string> GetStrings(string name) => Get<IReadOnlyList<string>>(name);

    public ValueSource GetSource(string name) => Find(name).Source;

    /// <summary>Whether a source says anything about the field, even if only what the default says.</summary>
    public bool IsSet(string name) => Find(name).IsSet;

    /// <summary>The fields that are set, and where; no values.</summary>
    public override string ToString() => string.Join(", ", _values.Values.Where(value => value.IsSet)
        .Select(value => $"{value.Field.Name} ({value.Source})"));

    private bool IsName(string secret)
        => secret.Length <= LongestName && _values.Values.Any(other => !other.Field.Secret && other.Value is string text && text == secret);

    private T Get<T>(string name)
        => Find(name).Value is T value ? value : throw new ArgumentException($"the field {name} is no {typeof(T).Name}", nameof(name));

    private ResolvedValue Find(string name)
        => _values.TryGetValue(name, out var value) ? value : throw new ArgumentException($"there is no field {name}", nameof(name));
}
