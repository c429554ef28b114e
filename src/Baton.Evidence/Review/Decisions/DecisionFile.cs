using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Evidence.Sheets.Inputs;

namespace Baton.Evidence.Review.Decisions;

/// <summary>The decisions of one review, as they are kept for the next one and for the proof that they were carried out.</summary>
public sealed record DecisionFile
{
    public required DecisionSource Review { get; init; }

    public required DecisionCounts Counts { get; init; }

    public required IReadOnlyList<Decision> Decisions { get; init; }

    /// <exception cref="EvidenceException">The file cannot be read, or is none that an import wrote.</exception>
    public static DecisionFile Read(string path)
    {
        using var file = SheetFile.Open(path);
        try
        {
            return JsonSerializer.Deserialize(file, DecisionJson.Default.DecisionFile)
                ?? throw new EvidenceException($"{path} holds no decisions", EvidenceError.BadInput);
        }
        catch (JsonException damage)
        {
            throw new EvidenceException(
                $"{path} is not a file of decisions, as \"baton review import\" writes them (line {damage.LineNumber + 1})", EvidenceError.BadInput);
        }
    }

    public void Write(Stream output)
    {
        JsonSerializer.Serialize(output, this, DecisionJson.Default.DecisionFile);
        output.WriteByte((byte)'\n');
    }
}

/// <summary>What was decided on.</summary>
public sealed record DecisionSource
{
    public required string System { get; init; }

    public required string Scope { get; init; }

    public required string File { get; init; }

    public required string Sha256 { get; init; }

    public required string SyncId { get; init; }

    public DateTimeOffset? SyncEndedAt { get; init; }

    public required string Sheet { get; init; }

    public required string SheetSha256 { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }

    public required string ToolVersion { get; init; }
}

/// <summary>All together are the population.</summary>
public sealed record DecisionCounts(int Population, int Keep, int Change, int Revoke, int Defer, int Undecided);

/// <summary>What has to be carried out.</summary>
internal sealed record RevocationList(DecisionSource Review, DecisionCounts Counts, IReadOnlyList<Decision> Revocations);

/// <summary>What was decided about one row.</summary>
public sealed record Decision
{
    /// <summary>Of the sheet, as a spreadsheet counts.</summary>
    [JsonIgnore]
    public int Row { get; init; }

    public required string RowId { get; init; }

    public required string GrantId { get; init; }

    public required string AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string Login { get; init; }

    public required string Email { get; init; }

    public required string ResourceId { get; init; }

    public required string ResourceName { get; init; }

    public required string EntitlementId { get; init; }

    public required string Role { get; init; }

    [JsonPropertyName("decision")]
    public required DecisionKind Kind { get; init; }

    public string? NewRole { get; init; }

    public string? NewEntitlementId { get; init; }

    public string? Reason { get; init; }

    public string? DecidedBy { get; init; }

    public string? DecidedOn { get; init; }

    public string? Ticket { get; init; }

    public string? FirstSeen { get; init; }

    /// <summary>Granting the new role takes this one away by itself: an account holds one of them.</summary>
    [JsonIgnore]
    public bool Replaces { get; init; }

    /// <summary>Whether revoking the grant ends the access, in the words of the sheet.</summary>
    public required string Revocable { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(DecisionKindConverter)])]
[JsonSerializable(typeof(DecisionFile))]
[JsonSerializable(typeof(RevocationList))]
internal sealed partial class DecisionJson : JsonSerializerContext;

/// <summary>The words of the sheet.</summary>
internal sealed class DecisionKindConverter : JsonConverter<DecisionKind>
{
    public override DecisionKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => DecisionKinds.Parse(reader.GetString() ?? "") ?? throw new JsonException("unknown decision");

    public override void Write(Utf8JsonWriter writer, DecisionKind value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}
