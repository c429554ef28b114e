using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Field = Baton.Protocol.Config.V1.Field;

namespace Baton.Sdk.Provisioning;

/// <summary>Holds the arguments of an action to its schema, so that an action need not.</summary>
internal static class ActionArguments
{
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>, naming the first argument that is missing, unknown or of another type.</exception>
    public static void Check(BatonActionSchema schema, Struct arguments, string prefix)
    {
        foreach (var field in schema.Arguments)
        {
            var given = arguments.Fields.TryGetValue(field.Name, out var value) && value.KindCase is not (Value.KindOneofCase.NullValue or Value.KindOneofCase.None);
            if (!given && field.IsRequired)
            {
                throw Wrong($"{schema.Name} needs the argument {field.Name}");
            }

            if (given && !IsOfType(field, value!))
            {
                throw Wrong($"the argument {field.Name} of {schema.Name} must be {Describe(field)}");
            }
        }

        if (arguments.Fields.Keys.FirstOrDefault(name => schema.Arguments.All(field => field.Name != name)) is { } unknown)
        {
            throw Wrong($"{schema.Name} has no argument {unknown}; it has {string.Join(", ", schema.Arguments.Select(field => field.Name))}");
        }

        ConnectorException Wrong(string what) => new(StatusCode.InvalidArgument, prefix + what);
    }

    private static bool IsOfType(Field field, Value value) => field.FieldCase switch
    {
        Field.FieldOneofCase.StringField => value.KindCase == Value.KindOneofCase.StringValue,
        Field.FieldOneofCase.BoolField => value.KindCase == Value.KindOneofCase.BoolValue,
        Field.FieldOneofCase.IntField => value.KindCase == Value.KindOneofCase.NumberValue && double.IsInteger(value.NumberValue),
        Field.FieldOneofCase.StringSliceField => value.KindCase == Value.KindOneofCase.ListValue
            && value.ListValue.Values.All(item => item.KindCase == Value.KindOneofCase.StringValue),
        _ => true,
    };

    private static string Describe(Field field) => field.FieldCase switch
    {
        Field.FieldOneofCase.StringField => "a string",
        Field.FieldOneofCase.BoolField => "true or false",
        Field.FieldOneofCase.IntField => "a whole number",
        Field.FieldOneofCase.StringSliceField => "a list of strings",
        _ => "of its type",
    };
}
