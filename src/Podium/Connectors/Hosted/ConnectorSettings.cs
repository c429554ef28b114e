using System.Globalization;
using Podium.Connectors.Catalog;

namespace Podium.Connectors.Hosted;

/// <summary>The rules by which new settings follow the ones before.</summary>
internal static class ConnectorSettings
{
    private const int LongestValue = 16 * 1024;

    /// <summary>What is stored from now on: of the chosen method's fields, and of those that belong to none.</summary>
    /// <exception cref="Refusal">A field does not do; it is named.</exception>
    public static IReadOnlyDictionary<string, string> Merge(
        CatalogEntry entry, CatalogSchema schema, IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string> values)
    {
        var given = values.ToDictionary(pair => entry.Aliases.GetValueOrDefault(pair.Key, pair.Key), pair => pair.Value, StringComparer.Ordinal);
        var method = Method(schema, given);
        var fields = schema.Fields.Where(field => method is null || method.Has(field.Name) || !schema.Methods.Any(other => other.Has(field.Name))).ToList();
        if (given.Keys.FirstOrDefault(name => name != CatalogSchema.MethodField && schema.Fields.All(field => field.Name != name)) is { } unknown)
        {
            throw new Refusal($"{entry.DisplayName} has no setting '{unknown}'.", unknown);
        }

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (method is not null)
        {
            settings[CatalogSchema.MethodField] = method.Name;
        }

        foreach (var field in fields.Where(field => given.GetValueOrDefault(field.Name, "").Length > 0))
        {
            settings[field.Name] = Check(field, given[field.Name]);
        }

        var isElsewhere = before is not null && (before.GetValueOrDefault(CatalogSchema.MethodField) != settings.GetValueOrDefault(CatalogSchema.MethodField)
            || fields.Any(field => field.IsAddress && before.GetValueOrDefault(field.Name) != settings.GetValueOrDefault(field.Name)));
        foreach (var field in fields.Where(field => !settings.ContainsKey(field.Name)))
        {
            if (field.IsSecret && !isElsewhere && before?.GetValueOrDefault(field.Name) is { Length: > 0 } kept)
            {
                settings[field.Name] = kept;
            }
            else if (field.IsSecret && isElsewhere && before!.ContainsKey(field.Name))
            {
                throw new Refusal($"Type {field.DisplayName} again: where it is sent to has changed.", field.Name);
            }
            else if (field.IsRequired)
            {
                throw new Refusal($"{field.DisplayName} is missing.", field.Name);
            }
        }

        return settings;
    }

    /// <summary>Names of what is other than before, for the audit log.</summary>
    public static IEnumerable<string> Changed(IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string> after)
        => after.Keys.Union(before?.Keys ?? [], StringComparer.Ordinal)
            .Where(name => before?.GetValueOrDefault(name) != after.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal);

    private static CatalogMethod? Method(CatalogSchema schema, Dictionary<string, string> given)
        => given.GetValueOrDefault(CatalogSchema.MethodField) is { Length: > 0 } name
            ? schema.Methods.FirstOrDefault(method => method.Name == name)
                ?? throw new Refusal($"There is no such method: choose {string.Join(" or ", schema.Methods.Select(method => method.DisplayName))}.", CatalogSchema.MethodField)
            // API clients of before there was a choice send the fields alone.
            : schema.Methods.FirstOrDefault(method => method.Fields.Any(field => given.GetValueOrDefault(field, "").Length > 0
                && !schema.Methods.Any(other => other != method && other.Has(field)))) ?? schema.DefaultMethod;

    private static string Check(CatalogField field, string value)
    {
        var isGood = value.Length <= LongestValue && !value.Contains('\0', StringComparison.Ordinal) && field.Kind switch
        {
            CatalogFieldKind.Number => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            CatalogFieldKind.Switch => value is "true" or "false",
            CatalogFieldKind.Choice => field.Options.Contains(value, StringComparer.Ordinal),
            _ => true,
        };
        return isGood ? value : throw new Refusal(
            field.Kind switch
            {
                CatalogFieldKind.Number => $"{field.DisplayName} must be a whole number.",
                CatalogFieldKind.Switch => $"{field.DisplayName} must be true or false.",
                CatalogFieldKind.Choice => $"{field.DisplayName} must be one of {string.Join(", ", field.Options)}.",
                _ => $"{field.DisplayName} is too long.",
            },
            field.Name);
    }
}
