using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Encodings.Web;

namespace Baton.Sdk.Logging;

/// <summary>
/// The key of a field, made from the name of a log method's parameter: <c>resourceTypeId</c> is written <c>resource_type_id</c>,
/// and two underscores are a dot, so <c>grpc__timeMs</c> is written <c>grpc.time_ms</c>. Names already of that form stay as they are.
/// </summary>
internal static class FieldName
{
    // Parameter names are a fixed set. Should scopes ever come with made-up keys, they are not collected for ever.
    private const int MostKept = 1000;

    private static readonly ConcurrentDictionary<string, JsonEncodedText> Known = new(StringComparer.Ordinal);

    public static JsonEncodedText Of(string parameter)
    {
        if (Known.TryGetValue(parameter, out var name))
        {
            return name;
        }

        name = JsonEncodedText.Encode(Spell(parameter), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        if (Known.Count < MostKept)
        {
            Known.TryAdd(parameter, name);
        }

        return name;
    }

    private static string Spell(string parameter)
    {
        var name = new StringBuilder(parameter.Length + 4);
        foreach (var character in parameter.Replace("__", ".", StringComparison.Ordinal))
        {
            if (char.IsAsciiLetterUpper(character) && name.Length > 0 && char.IsAsciiLetterOrDigit(name[^1]))
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(character));
        }

        return name.ToString();
    }
}
