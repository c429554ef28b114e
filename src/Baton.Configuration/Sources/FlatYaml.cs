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
    /// <exception cref="YamlException">It is no YAML, or no flat map.</exception>
    public static Dictionary<string, FileValue> Read(string text, Func<string, bool> isKnown)
    {
        var values = new Dictionary<string, FileValue>(StringComparer.OrdinalIgnoreCase);
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || IsEmptyDocument(parser))
        {
            return values;
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
                throw new YamlException(key.Start, key.End, $"{key.Value} is given twice");
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

        return values;
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

    private static YamlException Misplaced(Parser parser, string expectation)
        => new(parser.Current!.Start, parser.Current.End, expectation);
}
