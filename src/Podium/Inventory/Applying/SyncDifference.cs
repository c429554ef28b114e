using System.Text.Json;
using System.Text.Json.Serialization;

namespace Podium.Inventory.Applying;

/// <summary>What a sync would change or has changed, in numbers: what <see cref="Connectors.Sync.Difference"/> holds as JSON.</summary>
internal sealed record SyncDifference
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public KindDifference Accounts { get; init; } = new();

    public KindDifference Resources { get; init; } = new();

    public KindDifference Entitlements { get; init; } = new();

    public KindDifference Grants { get; init; } = new();

    /// <summary>Why a person has to confirm it; empty when nobody has to.</summary>
    public IReadOnlyList<HoldReason> Holds { get; init; } = [];

    /// <summary>What would lose most, the largest first; at most <see cref="MostLosses"/>.</summary>
    public IReadOnlyList<Loss> Losses { get; init; } = [];

    public const int MostLosses = 100;

    [JsonIgnore]
    public bool IsNothing => Accounts.IsNothing && Resources.IsNothing && Entitlements.IsNothing && Grants.IsNothing;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static SyncDifference Parse(string json) => JsonSerializer.Deserialize<SyncDifference>(json, Json)!;
}

/// <param name="Before">How many there were.</param>
/// <param name="Begun">New, or there again.</param>
internal sealed record KindDifference(long Before = 0, long Begun = 0, long Changed = 0, long Ended = 0)
{
    [JsonIgnore]
    public long After => Before + Begun - Ended;

    [JsonIgnore]
    public bool IsNothing => Begun == 0 && Changed == 0 && Ended == 0;
}

internal sealed record HoldReason(HoldKind Kind, string Text);

internal enum HoldKind
{
    Resources,
    Accounts,
    Grants,

    /// <summary>Nobody would be administrator of an organization any more.</summary>
    Administrators,

    /// <summary>The same ids belong to others: perhaps another instance behind the address.</summary>
    OtherPeople,

    /// <summary>A resource type was missing twice in a row.</summary>
    MissingType,
}

/// <param name="Name">The resource.</param>
/// <param name="Ended">How many of its grants.</param>
/// <param name="Before">How many it had.</param>
internal sealed record Loss(long ResourceId, string Type, string Name, long Ended, long Before);
