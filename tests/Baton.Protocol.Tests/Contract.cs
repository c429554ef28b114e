using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Protocol.Tests;

/// <summary>
/// What contract.json says: the protocol as the original implementation declares it. It was taken from a dump of that
/// implementation's descriptors and not from our .proto files, so that the two can be held against each other.
/// </summary>
internal sealed record Contract(
    [property: JsonPropertyName("contract")] string Source,
    IReadOnlyList<ContractFile> Files,
    IReadOnlyList<OmittedFile> Omitted)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static Contract Load()
    {
        using var stream = typeof(Contract).Assembly.GetManifestResourceStream("contract.json")!; // Embedded by this project.
        return JsonSerializer.Deserialize<Contract>(stream, Json) ?? throw new FormatException("contract.json is empty.");
    }

    /// <summary>Every fact of the contract as one line of text, in the words of <see cref="Declarations"/>.</summary>
    public IEnumerable<string> Facts()
        => Files.SelectMany(file => new[] { $"file {file.Path} of {file.Package}" }
            .Concat(file.Messages.SelectMany(message => message.Facts(file.Path)))
            .Concat(file.Enums.SelectMany(@enum => @enum.Facts(file.Path)))
            .Concat(file.Services.SelectMany(service => service.Facts(file.Path))));
}

internal sealed record ContractFile(
    string Path,
    string Package,
    string Tag,
    IReadOnlyList<ContractMessage> Messages,
    IReadOnlyList<ContractEnum> Enums,
    IReadOnlyList<ContractService> Services);

internal sealed record OmittedFile(string Path, string Reason);

internal sealed record ContractMessage(string Name, string Tag, IReadOnlyList<ContractField> Fields, bool Deprecated = false)
{
    public IEnumerable<string> Facts(string file)
        => Fields.Select(field => field.Fact(Name)).Prepend(Declarations.Message(Name, file, Deprecated));
}

internal sealed record ContractField(int Number, string Name, string Type, string Label, string? Oneof = null, bool Deprecated = false)
{
    // Scalars and enums have presence only by the optional keyword or as an arm of a oneof; messages always have it.
    private bool HasPresence => Label is "optional" || Oneof is not null || (Label.Length == 0 && Type.Contains('.') && !IsEnum);

    private bool IsEnum => Type.StartsWith("enum ", StringComparison.Ordinal);

    public string Fact(string message) => Declarations.Field(message, Name, Number, Type, Label, Oneof, HasPresence, Deprecated);
}

internal sealed record ContractEnum(string Name, IReadOnlyList<ContractValue> Values, IReadOnlyList<int>? Reserved = null)
{
    public IEnumerable<string> Facts(string file)
        => Values.Select(value => Declarations.Value(Name, value.Name, value.Number))
            .Prepend(Declarations.Enum(Name, file, Reserved ?? []));
}

internal sealed record ContractValue(int Number, string Name);

internal sealed record ContractService(string Name, IReadOnlyList<ContractMethod> Methods)
{
    public IEnumerable<string> Facts(string file)
        => Methods.Select(method => Declarations.Method(method.Path, method.Request, method.Response, method.Kind))
            .Prepend(Declarations.Service(Name, file));
}

internal sealed record ContractMethod(string Path, string Request, string Response, string Kind);
