using Baton.Configuration.Secrets;

namespace Baton.Configuration;

/// <summary>The values in force, each with its source. Immutable. Names are those of the fields; asking for another one is a bug.</summary>
public sealed class ResolvedConfiguration
{
    private const int LongestName = 7;

    private readonly IReadOnlyDictionary<string, ResolvedValue> _values;
    private readonly SecretFiles _files;

    internal ResolvedConfiguration(IReadOnlyDictionary<string, ResolvedValue> values, FieldGroup? group, SecretFiles files, Redactor redactor)
    {
        _values = values;
        _files = files;
        Redactor = redactor;
        Group = group;
        foreach (var value in values.Values.Where(value => value.Field.Secret && value.Value is string))
        {
            Hide(value.Field, (string)value.Value);
        }

        // Before anybody is told of a new secret, and can write it anywhere.
        files.Observe(notice => Hide(
            values.Values.First(value => value.Field.Secret && notice.Setting == SecretFileFields.NameOfCompanion(value.Field)).Field, notice.Replacement ?? ""));
    }

    /// <summary>
    /// Knows all secrets that are set. A short password that is also the user's name, as in admin and admin, is not among them: it keeps
    /// no secret, and to replace it would garble whatever has the word in it.
    /// </summary>
    public Redactor Redactor { get; }

    /// <summary>
    /// The field group in use; null when the program has none. It alone decides how to authenticate: fields of other groups may
    /// well hold values, left over in the environment, and mean nothing.
    /// </summary>
    public FieldGroup? Group { get; private set; }

    public string GetString(string name) => Get<string>(name);

    /// <summary>A secret for those who use it more than once: with a file, what is in it at the moment.</summary>
    public ConfiguredSecret GetSecret(string name) => Find(name).Current ?? ConfiguredSecret.Fixed(Get<string>(name));

    public long GetInteger(string name) => Get<long>(name);

    public bool GetBoolean(string name) => Get<bool>(name);

    public IReadOnlyList<string> GetStrings(string name) => Get<IReadOnlyList<string>>(name);

    public ValueSource GetSource(string name) => Find(name).Source;

    /// <summary>Whether a source says anything about the field, even if only what the default says.</summary>
    public bool IsSet(string name) => Find(name).IsSet;

    /// <summary>What a source says anything about, in declaration order.</summary>
    public IEnumerable<ResolvedValue> SetValues => _values.Values.Where(value => value.IsSet);

    /// <summary>Settings and paths of secrets whose file every account of the machine may read.</summary>
    public IEnumerable<(string Setting, string Path)> PublicSecretFiles
        => _values.Values.Where(value => value.PublicFile is not null).Select(value => ($"{value.Field.Name}-file", value.PublicFile!));

    /// <summary>
    /// Fields whose variable holds a value within quotation marks. A shell would have taken them away; <c>docker run --env-file</c> and
    /// other readers of such files hand them on.
    /// </summary>
    public IEnumerable<ConfigurationField> QuotedVariables
        => _values.Values.Where(value => value is { Source: ValueSource.Environment, Current: null, Value: string text } && IsQuoted(text)).Select(value => value.Field);

    /// <summary>Tells of replaced secrets and of files that cannot be used any more.</summary>
    public void ObserveSecrets(Action<SecretNotice> observer) => _files.Observe(observer);

    /// <summary>Reads all files with secrets again.</summary>
    /// <returns>A number that is another one when any of them has been replaced since.</returns>
    public int RefreshSecrets()
    {
        foreach (var value in _values.Values)
        {
            value.Current?.Read();
        }

        return _files.Replacements;
    }

    /// <summary>The fields that are set, and where; no values.</summary>
    public override string ToString() => string.Join(", ", _values.Values.Where(value => value.IsSet)
        .Select(value => $"{value.Field.Name} ({value.Source})"));

    /// <summary>Says which group is in use, before anybody else has the configuration.</summary>
    internal ResolvedConfiguration In(FieldGroup? group)
    {
        Group = group;
        return this;
    }

    private void Hide(ConfigurationField field, string text)
    {
        foreach (var part in field is StringField { SecretParts: { } parts } ? parts(text).Append(text) : [text])
        {
            if (!IsName(part))
            {
                Redactor.Add(part);
            }
        }
    }

    private static bool IsQuoted(string text) => text.Length > 1 && text[0] == text[^1] && text[0] is '"' or '\'';

    private bool IsName(string secret)
        => secret.Length <= LongestName && _values.Values.Any(other => !other.Field.Secret && other.Value is string text && text == secret);

    private T Get<T>(string name)
        => Find(name).Value is T value ? value : throw new ArgumentException($"the field {name} is not a {typeof(T).Name}", nameof(name));

    private ResolvedValue Find(string name)
        => _values.TryGetValue(name, out var value) ? value : throw new ArgumentException($"there is no field {name}", nameof(name));
}
