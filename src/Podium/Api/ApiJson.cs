using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Podium.Data;

namespace Podium.Api;

/// <summary>
/// JSON as the clients of this API family write and read it: camelCase goes out, camelCase and snake_case come in; 64-bit numbers are texts and 32-bit
/// ones numbers, since either way round is fatal to a client; what is not set is printed all the same.
/// </summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.NumberHandling = JsonNumberHandling.AllowReadingFromString;
        options.MaxDepth = 32;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));
        options.Converters.Add(new LongAsText());
        options.Converters.Add(new MomentAsText());
        options.Converters.Add(new KsuidAsText());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TakeSnakeCase } };
        return options;
    }

    /// <summary>Gives each property that can be set a second name, which is never written.</summary>
    private static void TakeSnakeCase(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.CreateObject is null)
        {
            return;
        }

        foreach (var property in type.Properties.ToList())
        {
            var other = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            if (property.Set is not null && other != property.Name)
            {
                var alias = type.CreateJsonPropertyInfo(property.PropertyType, other);
                alias.Set = property.Set;
                type.Properties.Add(alias);
            }
        }
    }

    private sealed class LongAsText : JsonConverter<long>
    {
        public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Number
            ? reader.GetInt64()
            : long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new JsonException("is no whole number");

        public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class MomentAsText : JsonConverter<Moment>
    {
        public override Moment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TryGetDateTimeOffset(out var time) ? Moment.From(time) : throw new JsonException("is no time as RFC 3339 writes it, such as 2026-03-04T14:05:00Z");

        public override void Write(Utf8JsonWriter writer, Moment value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class KsuidAsText : JsonConverter<Ksuid>
    {
        public override Ksuid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => Ksuid.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("is no id");

        public override void Write(Utf8JsonWriter writer, Ksuid value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
