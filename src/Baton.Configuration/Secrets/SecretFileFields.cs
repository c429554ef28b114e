namespace Baton.Configuration.Secrets;

/// <summary>
/// Every secret <c>name</c> has a companion <c>name-file</c>: a file to read it from. A secret in a variable or a flag is seen by whoever
/// may look at the process; one in a file can also be replaced while the process runs.
/// </summary>
internal static class SecretFileFields
{
    public static string NameOfCompanion(ConfigurationField secret) => $"{secret.Name}-file";

    public static StringField CompanionOf(ConfigurationField secret) => new(NameOfCompanion(secret))
    {
        Description = $"A file to read {secret.Name} from instead; it is read again when it changes",
        Hidden = secret.Hidden,
        Persistent = secret.Persistent,

        // A form of the platform has values, not paths of a machine that it does not know; and its readers know the fields of upstream.
        Export = FieldExport.None,
    };

    /// <summary>
    /// Puts the contents of files in the place of the secrets. The stronger source wins, as everywhere; of one source only one of the two
    /// makes sense.
    /// </summary>
    public static void Apply(ConfigurationSchema schema, Dictionary<string, ResolvedValue> values, string workingDirectory, Action<SecretNotice> notify)
    {
        foreach (var (secret, companion) in schema.SecretFiles)
        {
            var (given, file) = (values[secret.Name], values[companion.Name]);
            if (file.IsEmpty || (!given.IsEmpty && given.Source > file.Source))
            {
                continue;
            }

            values[secret.Name] = !given.IsEmpty && given.Source == file.Source
                ? given with { Problem = $"{secret.Name} and {companion.Name} are both given {Place(file.Source, schema.Names, secret, companion)}: leave one of them out" }
                : Read(given, file, new(companion.Name, Path.Combine(workingDirectory, (string)file.Value)), notify);
        }
    }

    private static ResolvedValue Read(ResolvedValue given, ResolvedValue named, SecretFile file, Action<SecretNotice> notify)
    {
        try
        {
            var reading = file.Read();
            return given with
            {
                Value = reading.Text,
                Source = named.Source,
                Current = ConfiguredSecret.Of(file, reading, notify),
                PublicFile = reading.IsPublic ? file.Path : null,
            };
        }
        catch (ConfigurationException unusable)
        {
            return given with { Source = named.Source, Problem = unusable.Message };
        }
    }

    private static string Place(ValueSource source, ConfigurationNames names, ConfigurationField secret, ConfigurationField companion) => source switch
    {
        ValueSource.Flag => "as flags",
        ValueSource.Environment => $"by the environment ({names.VariableOf(secret.Name)}, {names.VariableOf(companion.Name)})",
        _ => "by the configuration file",
    };
}
