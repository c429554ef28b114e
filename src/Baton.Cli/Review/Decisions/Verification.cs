using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Cli.Review.Decisions;

/// <summary>What became of one decision.</summary>
internal sealed record Verification(Decision Decision, string Result)
{
    public const string Gone = "gone";
    public const string StillPresent = "still present";
    public const string Returned = "returned";

    /// <summary>The old role is gone, and the new one was never given.</summary>
    public const string NotChanged = "gone, new role missing";

    public bool IsDone => Result == Gone;
}

internal sealed record VerificationList(IReadOnlyList<Verification> Verifications)
{
    public static string ToJson(IReadOnlyList<Verification> rows)
        => JsonSerializer.Serialize(new VerificationList(rows), VerificationJson.Default.VerificationList) + "\n";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(DecisionKindConverter)])]
[JsonSerializable(typeof(VerificationList))]
internal sealed partial class VerificationJson : JsonSerializerContext;
