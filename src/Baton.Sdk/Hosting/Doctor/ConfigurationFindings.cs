using System.Globalization;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Settings;

namespace Baton.Sdk.Hosting.Doctor;

/// <summary>Which value came from where. Secrets are named and not shown.</summary>
internal static class ConfigurationFindings
{
    public static IEnumerable<CheckResult> Of(ResolvedConfiguration configuration)
    {
        foreach (var value in configuration.SetValues)
        {
            yield return CheckResult.Note(value.Field.Name, $"{Shown(value)} ({Source(value)})");
        }

        if (configuration.Group is { } group)
        {
            yield return CheckResult.Note("authentication", group.DisplayName.Length > 0 ? $"{group.DisplayName} ({group.Name})" : group.Name);
        }

        foreach (var field in configuration.QuotedVariables)
        {
            yield return CheckResult.Warning(field.Name, "the value has quotation marks around it, which are taken as part of it", $"take them away from {StandardConfiguration.Names.VariableOf(field.Name)}: docker run --env-file keeps them");
        }

        foreach (var (setting, path) in configuration.PublicSecretFiles)
        {
            yield return CheckResult.Warning(setting, $"every account of this machine may read {path}", $"take the right away: chmod o-r {path}, or defaultMode in Kubernetes");
        }
    }

    /// <summary>What is wrong with the configuration. What is missing is said in upstream's words elsewhere, and in plain ones here.</summary>
    public static CheckResult Of(ConfigurationSchema schema, string problem)
        => schema.Fields.FirstOrDefault(field => problem.StartsWith($"field {field.Name} of type ", StringComparison.Ordinal)) is { } missing
            ? CheckResult.Failed(missing.Name, "it is required, and not given", $"set {Ways(schema, missing)}")
            : CheckResult.Failed("setting", problem);

    private static string Ways(ConfigurationSchema schema, ConfigurationField field)
        => schema.SecretFiles.FirstOrDefault(pair => pair.Secret == field).File is { } file
            ? $"{Way(field)} or {Way(file)}"
            : Way(field);

    private static string Way(ConfigurationField field) => $"{StandardConfiguration.Names.VariableOf(field.Name)} (--{field.Name})";

    private static string Shown(ResolvedValue value) => value switch
    {
        { Field.Secret: true, Current: not null } => "read from its file, not shown",
        { Field.Secret: true } => "given, not shown",
        { Value: IReadOnlyList<string> list } => string.Join(", ", list),
        { Value: string text } => WithoutPassword(text),
        var other => Convert.ToString(other.Value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Source(ResolvedValue value)
    {
        var name = value is { Field.Secret: true, Current: not null } ? $"{value.Field.Name}-file" : value.Field.Name;
        return value.Source switch
        {
            ValueSource.Flag => $"--{name}",
            ValueSource.Environment => StandardConfiguration.Names.VariableOf(name),
            _ => $"{name} in the configuration file",
        };
    }

    /// <summary>Of an address like <c>https://user:password@host</c> the password does not belong here, wherever it may belong.</summary>
    internal static string WithoutPassword(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var end = scheme < 0 ? -1 : text.IndexOfAny(['/', '?', '#'], scheme + 3);
        var authority = scheme < 0 ? "" : text[(scheme + 3)..(end < 0 ? text.Length : end)];
        return authority.LastIndexOf('@') is > -1 and var at ? $"{text[..(scheme + 3)]}{authority[(at + 1)..]}{(end < 0 ? "" : text[end..])}" : text;
    }
}
