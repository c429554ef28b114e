using System.Text.Json.Nodes;
using Baton.Protocol;
using Google.Protobuf;

namespace Baton.C1z.Tests.Support;

/// <summary>
/// A message as JSON with sorted keys, and what an <c>Any</c> holds unpacked. Two messages that mean the same have the same text,
/// although upstream writes the maps inside an <c>Any</c> in random order.
/// </summary>
internal static class Canonical
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry));

    public static List<string> All(IEnumerable<IMessage> messages) => [.. messages.Select(One)];

    public static string One(IMessage? message) => message is null ? "null" : Sort(JsonNode.Parse(Formatter.Format(message)))?.ToJsonString() ?? "null";

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(
            fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sort(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
