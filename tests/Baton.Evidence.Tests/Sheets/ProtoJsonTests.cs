using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Evidence.Sheets;
using Baton.Protocol;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Tests.Sheets;

public sealed class ProtoJsonTests
{
    /// <summary>Google's formatter is the reference for everything that it can format: here, every message of the protocol, filled.</summary>
    [Fact]
    public void Write_EveryMessageFilled_EqualsGoogles()
    {
        var reference = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry));
        var messages = new[] { ResourceReflection.Descriptor, GrantReflection.Descriptor, EntitlementReflection.Descriptor, AnnotationTraitReflection.Descriptor }
            .SelectMany(file => file.MessageTypes)
            .Select(type => Fill(type, depth: 0))
            .ToList();

        Assert.NotEmpty(messages);
        Assert.All(messages, message => AssertJson(reference.Format(message), message));
    }

    [Fact]
    public void Write_DynamicValues_KeepTheirKinds()
    {
        const string json = """{"text": "a", "number": 1.5, "whole": 12345678901234, "yes": true, "nothing": null, "list": [1, [], {}]}""";

        AssertJson(json, Struct.Parser.ParseJson(json));
    }

    [Fact]
    public void Write_NumbersThatJsonLacks_AreTexts()
        => AssertJson("""["NaN", "Infinity", "-Infinity"]""", new ListValue
        {
            Values = { Value.ForNumber(double.NaN), Value.ForNumber(double.PositiveInfinity), Value.ForNumber(double.NegativeInfinity) },
        });

    [Fact]
    public void Write_ValueWithoutAKind_IsNull() => AssertJson("[null]", new ListValue { Values = { new Value() } });

    [Fact]
    public void Write_TimeOutOfRange_IsStillJson()
        => Assert.NotNull(JsonNode.Parse(Format(new Resource { CreatedAt = new Timestamp { Seconds = long.MaxValue } })));

    [Fact]
    public void Write_EnumNumberOfALaterVersion_IsANumber()
        => AssertJson("""{"traits": [4711]}""", new ResourceType { Traits = { (ResourceType.Types.Trait)4711 } });

    [Fact]
    public void Write_AnyOfAWellKnownType_HasAValue()
        => AssertJson(
            """{"@type": "type.googleapis.com/google.protobuf.Timestamp", "value": "1970-01-01T00:00:01Z"}""",
            Any.Pack(new Timestamp { Seconds = 1 }));

    [Fact]
    public void Write_AnyOfNothing_IsEmpty() => AssertJson("{}", new Any());

    [Fact]
    public void Write_AnyThatIsNotWhatItSays_KeepsItsBytes()
        => AssertJson(
            """{"@type": "type.googleapis.com/c1.connector.v2.UserTrait", "value": "//8="}""",
            new Any { TypeUrl = "type.googleapis.com/c1.connector.v2.UserTrait", Value = ByteString.CopyFrom(0xFF, 0xFF) });

    [Fact]
    public void Write_AnyWithinAnyWithinAny_Ends()
    {
        var any = Any.Pack(new UserTrait());
        for (var i = 0; i < 5000; i++)
        {
            any = Any.Pack(any);
        }

        var json = JsonNode.Parse(Format(any));

        var depth = 0;
        for (; json is JsonObject outer && outer["value"] is JsonObject inner; json = inner)
        {
            depth++;
        }

        Assert.Equal(8, depth);
    }

    private static void AssertJson(string expected, IMessage message)
    {
        var actual = Format(message);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"{message.Descriptor.FullName}\n{expected}\n{actual}");
    }

    private static string Format(IMessage message)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            new ProtoJson(ProtocolTypes.Registry).Write(json, message);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IMessage Fill(MessageDescriptor type, int depth)
    {
        switch (type.FullName)
        {
            case "google.protobuf.Any":
                return Any.Pack(new SkipGrants());
            case "google.protobuf.Struct":
                return Struct.Parser.ParseJson("""{"a": [1, null, "x"]}""");
            case "google.protobuf.Timestamp":
                return new Timestamp { Seconds = 1_800_000_000, Nanos = 120_000_000 };
            case "google.protobuf.Duration":
                return new Duration { Seconds = -3, Nanos = -5_000_000 };
        }

        var message = type.Parser.ParseFrom([]);
        foreach (var field in type.Fields.InFieldNumberOrder().Where(field => depth < 4 || field.FieldType != FieldType.Message))
        {
            if (field.IsMap)
            {
                var entries = (System.Collections.IDictionary)field.Accessor.GetValue(message);
                entries[FillSingle(field.MessageType.Fields[1], depth)] = FillSingle(field.MessageType.Fields[2], depth);
            }
            else if (field.IsRepeated)
            {
                var items = (System.Collections.IList)field.Accessor.GetValue(message);
                items.Add(FillSingle(field, depth));
                items.Add(FillSingle(field, depth));
            }
            else
            {
                field.Accessor.SetValue(message, FillSingle(field, depth));
            }
        }

        return message;
    }

    private static object FillSingle(FieldDescriptor field, int depth) => field.FieldType switch
    {
        // A wrapper's property is the value itself.
        FieldType.Message when field.MessageType.FullName == "google.protobuf.BoolValue" => true,
        FieldType.Message => Fill(field.MessageType, depth + 1),
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[^1].Number),
        FieldType.String => "text \"ä\" \n",
        FieldType.Bytes => ByteString.CopyFromUtf8("bytes"),
        FieldType.Bool => true,
        FieldType.Double => 1.25,
        FieldType.Float => 2.5f,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => -5L,
        FieldType.UInt64 or FieldType.Fixed64 => 6UL,
        FieldType.UInt32 or FieldType.Fixed32 => 7U,
        _ => -8,
    };
}
