using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>
/// YAML as kubectl reads it: a plain scalar is a truth, a number or nothing by the rules of YAML 1.1, in which <c>on</c> is true and 0440 is
/// octal, and only what else remains, or is quoted, is a text.
/// </summary>
internal static partial class TypedYaml
{
    public static IEnumerable<JsonNode> ReadAll(string text) => Load(text).Select(document => Json(document.RootNode)!);

    /// <summary>The plain scalars that YAML 1.1, YAML 1.2 and the YAML of JavaScript do not read alike, with their lines.</summary>
    public static IEnumerable<string> Ambiguities(string text)
        => Load(text).SelectMany(document => document.AllNodes).OfType<YamlScalarNode>()
            .Where(scalar => scalar.Style == ScalarStyle.Plain && Ambiguous().IsMatch(scalar.Value ?? ""))
            .Select(scalar => $"line {scalar.Start.Line}: {scalar.Value}");

    private static IList<YamlDocument> Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents;
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => throw new FormatException($"line {node.Start.Line}: neither mapping, sequence nor scalar"),
    };

    private static JsonValue? Plain(string text)
        => text is "" or "~" or "null" or "Null" or "NULL" ? null
            : True().IsMatch(text) ? JsonValue.Create(true)
            : False().IsMatch(text) ? JsonValue.Create(false)
            : Octal().IsMatch(text) ? JsonValue.Create(Convert.ToInt64(text, 8))
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : JsonValue.Create(text);

    [GeneratedRegex("^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$")]
    private static partial Regex True();

    [GeneratedRegex("^(n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$")]
    private static partial Regex False();

    [GeneratedRegex("^0[0-7]+$")]
    private static partial Regex Octal();

    // Also what 1.1 takes for a number of base sixty.
    [GeneratedRegex("^([yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|0[0-9]+|0o[0-7]+|[0-9]+(:[0-5]?[0-9])+)$")]
    private static partial Regex Ambiguous();
}
