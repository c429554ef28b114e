using System.Text.Json.Serialization;

namespace Baton.Evidence.Review.Decisions;

/// <summary>What became of one decision.</summary>
public sealed record Verification(Decision Decision, string Result)
{
    public const string Gone = "gone";
    public const string StillPresent = "still present";
    public const string Returned = "returned";

    /// <summary>The old role is gone, and the new one was never given.</summary>
    public const string NotChanged = "gone, new role missing";

    public bool IsDone => Result == Gone;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(DecisionKindConverter)])]
[JsonSerializable(typeof(Verification))]
internal sealed partial class VerificationJson : JsonSerializerContext;
