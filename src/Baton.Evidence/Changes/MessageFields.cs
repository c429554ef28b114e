using System.Text.Json;
using Baton.Evidence.Accounts;
using Baton.Evidence.Sheets;
using Baton.Protocol;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Changes;

/// <summary>A message as paths and values, in the names of its JSON: what people are shown of a difference. Not thread-safe.</summary>
internal sealed class MessageFields(Strictness strictness)
{
    // Their order says nothing.
    private static readonly HashSet<string> Unordered =
        ["grantableTo", "traits", "flags", "loginAliases", "employeeIds", "emails", "entitlementIds", "resourceTypeIds", "group_types"];

    private readonly ProtoJson _json = new(ProtocolTypes.Registry);

    public SortedDictionary<string, string> Of(Resource resource)
    {
        var fields = Of(MessageLikeness.Core(resource, strictness), resource.Annotations);
        if (strictness == Strictness.WithoutNoise)
        {
            // In the words of the tables, by which people ignore them.
            Rename(fields, "displayName", "name");
            Rename(fields, "UserTrait.emails", "email");
            if (AccountReading.StatusText(resource) is { Length: > 0 } status)
            {
                fields["status"] = status;
            }
        }

        return fields;
    }

    public SortedDictionary<string, string> Of(Entitlement entitlement) => Of(MessageLikeness.Core(entitlement, strictness), entitlement.Annotations);

    public SortedDictionary<string, string> Of(Grant grant) => Of(MessageLikeness.Core(grant, strictness), grant.Annotations);

    private static void Rename(SortedDictionary<string, string> fields, string from, string to)
    {
        if (fields.Remove(from, out var value))
        {
            fields[to] = value;
        }
    }

    private SortedDictionary<string, string> Of(IMessage core, IEnumerable<Any> annotations)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(fields, "", core);
        foreach (var group in MessageLikeness.Annotations(annotations, strictness).GroupBy(annotation => Name(annotation), StringComparer.Ordinal))
        {
            foreach (var (index, annotation) in group.Index())
            {
                Add(fields, index == 0 ? group.Key : $"{group.Key}[{index}]", annotation);
            }
        }

        return fields;
    }

    private static string Name(IMessage annotation) => annotation is Any unknown ? Any.GetTypeName(unknown.TypeUrl) : annotation.Descriptor.Name;

    private void Add(SortedDictionary<string, string> fields, string path, IMessage message)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 4096 }))
        {
            _json.Write(writer, message);
        }

        using var document = JsonDocument.Parse(stream.ToArray(), new JsonDocumentOptions { MaxDepth = 4096 });
        if (path.Length > 0)
        {
            // That it is there says something, also when it says nothing else.
            fields[path] = "{}";
        }

        Add(fields, path, document.RootElement);
    }

    private static void Add(SortedDictionary<string, string> fields, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Add(fields, path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                var items = value.EnumerateArray().Select(item => item.GetRawText());
                var name = path[(path.LastIndexOf('.') + 1)..];
                fields[path] = $"[{string.Join(',', Unordered.Contains(name) ? items.Order(StringComparer.Ordinal) : items)}]";
                break;
            case JsonValueKind.String:
                fields[path] = value.GetString()!;
                break;
            default:
                fields[path] = value.GetRawText();
                break;
        }
    }
}
