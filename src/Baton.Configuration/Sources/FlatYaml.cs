using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Baton.Configuration.Sources;

/// <summary>
/// Reads a YAML map of texts and lists from the parser's events. There is no need for an object model of YAML, nor for the
/// reflection of the library's deserializer. Texts are taken as they stand in the file: a password may look like a number.
/// </summary>
internal static class FlatYaml
{
    /// <summary>Keys are looked up in any case. A key without a value is left out, and a key that is not known may hold anything.</summary>
    /// <exception cref="ConfigurationException">It is no YAML, or no flat map. The message begins with the line, and shows no value.</exception>
    public static Dictionary<string, FileValue> Read(string text, Func<string, bool> isKnown)
    {
        var values = new Dictionary<string, FileValue>(StringComparer.OrdinalIgnoreCase);
        var parser = new Parser(new StringReader(text));
        try
        {
            ReadMap(parser, values, isKnown);
            return values;
        }
        catch (Exception failure) when (failure is not (ConfigurationException or OutOfMemoryException))
        {
            // The parser throws other exceptions than its own at some texts, and quotes the text in some: it may be a secret.
            var line = failure is YamlException { Start.Line: > 0 } at ? at.Start.Line : parser.Current?.End.Line ?? 1;
            throw new ConfigurationException($"line {line}: that is not YAML; look for a missing colon, quotation mark or bracket", failure);
        }
    }

    private static void ReadMap(Parser parser, Dictionary<string, FileValue> values, Func<string, bool> isKnown)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || IsEmptyDocument(parser))
        {
            return;
        }

        if (!parser.TryConsume<MappingStart>(out _))
        {
            throw Misplaced(parser, "expected a map from field names to values");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw Misplaced(parser, "expected a field name");
            }

            if (!seen.Add(key.Value))
            {
                throw Misplaced(key, isKnown(key.Value) ? $"{key.Value} is given twice" : "what stands there is given twice");
            }

            if (!isKnown(key.Value))
            {
                parser.SkipThisAndNestedEvents();
            }
            else if (ReadValue(parser, key.Value) is { } value)
            {
                values.Add(key.Value, value);
            }
        }

        // Reads on to the end, so that what follows the map cannot be nonsense.
        while (parser.MoveNext())
        {
        }
    }

    private static FileValue? ReadValue(Parser parser, string key)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return IsNull(scalar) ? null : new FileValue.Scalar(scalar.Value);
        }

        if (!parser.TryConsume<SequenceStart>(out _))
        {
            throw Misplaced(parser, $"expected the value of {key} to be a text or a list");
        }

        var items = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(parser.TryConsume<Scalar>(out var item)
                ? item.Value
                : throw Misplaced(parser, $"expected the items of {key} to be texts"));
        }

        return new FileValue.Sequence(items);
    }

    private static bool IsEmptyDocument(Parser parser) => parser.Accept<Scalar>(out var scalar) && IsNull(scalar);

    private static bool IsNull(Scalar scalar)
        => scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    private static ConfigurationException Misplaced(Parser parser, string expectation) => Misplaced(parser.Current!, expectation);

    private static ConfigurationException Misplaced(ParsingEvent place, string expectation) => new($"line {place.Start.Line}: {expectation}");
}
