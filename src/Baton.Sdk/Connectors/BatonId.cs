using System.Text;
using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Connectors;

/// <summary>
/// Baton ids: the escaped form of ids that can be taken apart again, <c>bid:r:type/id</c> for a resource and
/// <c>bid:e:type/id:slug</c> for an entitlement, a parent's <c>type/id/</c> in front. A backslash escapes colon, slash and backslash.
/// </summary>
internal static class BatonId
{
    /// <exception cref="FormatException">The text is no resource's id; the message says where it goes wrong.</exception>
    public static (ResourceId Id, ResourceId? Parent) ParseResource(string text)
    {
        if (!text.StartsWith("bid:r:", StringComparison.Ordinal))
        {
            throw Wrong(text, 0, "expected it to start with bid:r:");
        }

        var parts = Split(text, "bid:r:".Length, out var separators);
        var slashesOnly = separators.All(separator => separator == '/');
        return slashesOnly && parts.TrueForAll(part => part.Length > 0) ? parts switch
        {
            [var type, var id] => (Ids.Resource(type, id), null),
            [var parentType, var parent, var type, var id] => (Ids.Resource(type, id), Ids.Resource(parentType, parent)),
            _ => throw Wrong(text, text.Length, "expected type/id, or parent type/parent id/type/id"),
        }
        : throw Wrong(text, text.Length, "expected type/id, or parent type/parent id/type/id");
    }

    /// <summary>The entitlement's resource and slug; null when the text is no entitlement's id.</summary>
    public static (ResourceId Resource, string Slug)? TryParseEntitlement(string text)
    {
        if (!text.StartsWith("bid:e:", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = Split(text, "bid:e:".Length, out var separators);
        return parts.Count is 3 or 5 && separators[^1] == ':' && separators.SkipLast(1).All(separator => separator == '/')
            ? (Ids.Resource(parts[^3], parts[^2]), parts[^1])
            : null;
    }

    private static List<string> Split(string text, int start, out List<char> separators)
    {
        var parts = new List<string>();
        separators = [];
        var part = new StringBuilder();
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    part.Append(text[++i]);
                    break;
                case '/' or ':':
                    separators.Add(text[i]);
                    parts.Add(part.ToString());
                    part.Clear();
                    break;
                default:
                    part.Append(text[i]);
                    break;
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static FormatException Wrong(string text, int position, string why)
    {
        const string start = "error parsing baton id '";
        return new($"{start}{text}' at location {position}: {why}\n{new string(' ', position + start.Length)}^");
    }
}
