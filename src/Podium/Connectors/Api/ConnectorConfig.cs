using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Podium.Connectors.Catalog;

namespace Podium.Connectors.Api;

/// <summary>
/// Settings as they come in a request, <c>c1.api.app.v1.EnvConfig</c>: each value in an object that says its kind. Plain texts, numbers and switches are
/// taken as well. They only come in: no answer has them.
/// </summary>
internal static class ConnectorConfig
{
    private const string Type = "type.googleapis.com/c1.api.app.v1.EnvConfig";
    private const string Member = "config.configuration.";

    /// <returns>By the name of the setting; null when there is no configuration in it.</returns>
    /// <exception cref="Refusal">It is of another kind, or a value of it is.</exception>
    public static IReadOnlyDictionary<string, string>? Read(JsonObject? config)
    {
        if (config is null)
        {
            return null;
        }

        if (config["@type"] is { } type && !(type.GetValueKind() == JsonValueKind.String && type.GetValue<string>() == Type))
        {
            throw new Refusal($"The settings must be of the type {Type}.", "config.@type");
        }

        return config["configuration"] switch
        {
            null => null,
            JsonObject values => values.ToDictionary(pair => pair.Key, pair => Text(pair.Value) ?? throw new Refusal(
                $"The value of '{Shown(pair.Key)}' must be an object such as {{\"stringValue\": \"…\"}}.", Member + Shown(pair.Key)), StringComparer.Ordinal),
            _ => throw new Refusal("The configuration must be an object with a member for each setting.", "config.configuration"),
        };
    }

    /// <summary>The same refusal with the field's place in the request, under the name that the client gave it.</summary>
    /// <param name="refusal">Of a setting, by the connector's own name for it.</param>
    /// <param name="entry">Whose aliases may have been used.</param>
    /// <param name="given">What the client sent.</param>
    public static Refusal Placed(Refusal refusal, CatalogEntry entry, IReadOnlyDictionary<string, string> given)
    {
        if (refusal.Field is not { } field || field.StartsWith("config", StringComparison.Ordinal) || field is "displayName" or "description" or "appId" or "catalogId" or "ownerIds" or "userIds")
        {
            return refusal;
        }

        var alias = entry.Aliases.FirstOrDefault(pair => pair.Value == field).Key;
        var usesAliases = alias is not null && given.Keys.Any(entry.Aliases.ContainsKey);
        return new(refusal.Message, Member + Shown(usesAliases ? alias! : field));
    }

    private static string? Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value => Scalar(value),
        JsonArray items => items.All(item => item is JsonValue) ? string.Join(',', items.Select(item => Scalar(item!.AsValue()))) : null,
        JsonObject { Count: 1 } wrapped => wrapped.First() switch
        {
            { Key: "stringValue" or "string_value" or "boolValue" or "bool_value" or "intValue" or "int_value" or "int64Value" or "int64_value" or "numberValue" or "number_value", Value: JsonValue value } => Scalar(value),
            { Key: "stringSliceValue" or "string_slice_value" or "stringValues" or "string_values", Value: JsonArray items } => Text(items),
            { Key: "stringSliceValue" or "string_slice_value", Value: JsonObject { Count: 1 } inner } when inner.First().Value is JsonArray items => Text(items),
            _ => null,
        },
        _ => null,
    };

    private static string? Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.TryGetValue<long>(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.ToJsonString(),
        _ => null,
    };

    // A name comes from outside, and goes into an answer.
    private static string Shown(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
