using System.Reflection;
using Google.Protobuf.Reflection;

namespace Baton.Protocol.Tests;

/// <summary>What the compiled assembly declares, one line of text for each fact, to be compared with <see cref="Contract"/>.</summary>
internal static class Declarations
{
    /// <summary>Every .proto file compiled into the assembly, found without the help of <see cref="ProtocolTypes"/>.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } =
    [
        .. typeof(ProtocolTypes).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>(),
    ];

    public static IEnumerable<MessageDescriptor> Messages => Files.SelectMany(file => file.MessageTypes).SelectMany(WithNested);

    public static IEnumerable<string> Facts(FileDescriptor file)
        => new[] { $"file {file.Name} of {file.Package}" }
            .Concat(file.MessageTypes.SelectMany(WithNested).SelectMany(Facts))
            .Concat(file.EnumTypes.SelectMany(Facts))
            .Concat(file.Services.SelectMany(Facts));

    public static string Message(string name, string file, bool deprecated)
        => $"message {name} in {file}{Deprecated(deprecated)}";

    public static string Field(
        string message, string name, int number, string type, string label, string? oneof, bool hasPresence, bool deprecated)
        => $"field {message}.{name} = {number}: {$"{label} {type}".TrimStart()}{(oneof is null ? "" : $" in oneof {oneof}")}"
            + $"{(hasPresence ? ", with presence" : "")}{Deprecated(deprecated)}";

    public static string Enum(string name, string file, IEnumerable<int> reserved)
        => $"enum {name} in {file}, reserving [{string.Join(", ", reserved)}]";

    public static string Value(string @enum, string name, int number) => $"value {@enum}.{name} = {number}";

    public static string Service(string name, string file) => $"service {name} in {file}";

    public static string Method(string path, string request, string response, string kind)
        => $"rpc {path}: {request} to {response}, {kind}";

    private static string Deprecated(bool deprecated) => deprecated ? ", deprecated" : "";

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message)
        => message.NestedTypes.Where(nested => !nested.IsMapEntry).SelectMany(WithNested).Prepend(message);

    private static IEnumerable<string> Facts(MessageDescriptor message)
        => message.Fields.InDeclarationOrder().Select(Fact)
            .Prepend(Message(message.FullName, message.File.Name, message.ToProto().Options?.Deprecated ?? false))
            .Concat(message.EnumTypes.SelectMany(Facts));

    private static IEnumerable<string> Facts(EnumDescriptor @enum)
    {
        var reserved = @enum.ToProto().ReservedRange.SelectMany(range => Enumerable.Range(range.Start, range.End - range.Start + 1));
        return @enum.Values.Select(value => Value(@enum.FullName, value.Name, value.Number))
            .Prepend(Enum(@enum.FullName, @enum.File.Name, reserved));
    }

    private static IEnumerable<string> Facts(ServiceDescriptor service)
        => service.Methods
            .Select(method => Method(
                $"/{service.FullName}/{method.Name}", method.InputType.FullName, method.OutputType.FullName, Kind(method)))
            .Prepend(Service(service.FullName, service.File.Name));

    private static string Fact(FieldDescriptor field)
    {
        var proto = field.ToProto();
        var label = field.IsMap ? "map" : field.IsRepeated ? "repeated" : proto.Proto3Optional ? "optional" : "";
        return Field(
            field.ContainingType.FullName,
            field.Name,
            field.FieldNumber,
            Type(field),
            label,
            field.RealContainingOneof?.Name,
            field.HasPresence,
            proto.Options?.Deprecated ?? false);
    }

    private static string Type(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message when field.IsMap
            => $"map<{Type(field.MessageType.FindFieldByNumber(1))}, {Type(field.MessageType.FindFieldByNumber(2))}>",
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => $"enum {field.EnumType.FullName}",
        var scalar => scalar.ToString().ToLowerInvariant(),
    };

    private static string Kind(MethodDescriptor method) => (method.IsClientStreaming, method.IsServerStreaming) switch
    {
        (false, false) => "unary",
        (true, false) => "client stream",
        (false, true) => "server stream",
        (true, true) => "both stream",
    };
}
