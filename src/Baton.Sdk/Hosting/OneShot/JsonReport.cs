using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Configuration.Secrets;
using Baton.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>What a script reads of an operation: one JSON object on one line. Its members are a contract, see docs/provisioning.md.</summary>
internal sealed class JsonReport(TextWriter output, Redactor redactor)
{
    private static readonly JsonFormatter Messages = new(JsonFormatter.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry));

    // The line goes to a pipe or a file, never into a page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(OperationReport report)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, Plain))
        {
            Redacted(Document(report))!.WriteTo(writer);
        }

        output.WriteLine(Encoding.UTF8.GetString(line.ToArray()));
    }

    private static JsonObject Document(OperationReport report)
    {
        var (result, change) = (report.Result, report.Change);
        var document = new JsonObject { ["operation"] = report.Operation, ["outcome"] = result.Outcome.Name(), ["dryRun"] = change.IsDryRun };
        if (result.Code is { } code)
        {
            document["code"] = $"{code}";
        }

        document["summary"] = result.Summary;
        document["notes"] = Texts(result.Notes);
        document["checks"] = Texts(change.Checks);
        document["effects"] = Texts(change.Effects);
        document["requests"] = new JsonArray([.. change.Requests.Select(request =>
        {
            var item = new JsonObject { ["method"] = request.Method, ["target"] = request.Target };
            if (request.Body is { } body)
            {
                item["body"] = body;
            }

            return item;
        })]);
        document["annotations"] = new JsonArray([.. result.Annotations.Select(annotation => Message(annotation))]);
        if (result.Response is { } response)
        {
            document["response"] = Message(response);
        }

        return document;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonNode? Message(IMessage message)
    {
        try
        {
            return JsonNode.Parse(Messages.Format(message));
        }
        catch (InvalidOperationException)
        {
            // It holds an annotation of a type that only the connector knows. What was done must be told nevertheless.
            var any = message as Any ?? Any.Pack(message);
            return new JsonObject { ["@type"] = any.TypeUrl, ["value"] = any.Value.ToBase64() };
        }
    }

    private JsonNode? Redacted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Redacted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Redacted)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(redactor.Redact(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };
}
