using Podium.Data;

namespace Podium.Connectors.Reading;

/// <summary>A connector as lists and pages show it.</summary>
internal sealed record ConnectorRow
{
    public required long Id { get; init; }

    public required Ksuid PublicId { get; init; }

    public required long AppId { get; init; }

    public required Ksuid AppPublicId { get; init; }

    public required string AppName { get; init; }

    public required string CatalogId { get; init; }

    /// <summary>Of the catalogue; of an entry that is not there any more, its id.</summary>
    public required string CatalogName { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public required ConnectorHosting Hosting { get; init; }

    public required ConnectorChip Chip { get; init; }

    public string ChipText => Chip.Text();

    /// <summary>What failed and what to do; null while nothing does.</summary>
    public string? Error { get; init; }

    public Moment? FailingSince { get; init; }

    public Moment? PausedAt { get; init; }

    public long? PausedBy { get; init; }

    public Moment? LastSeenAt { get; init; }

    public Moment? NextSyncAt { get; init; }

    public required TimeSpan SyncInterval { get; init; }

    public required bool HasSettings { get; init; }

    public Moment? SettingsSavedAt { get; init; }

    public long? SettingsSavedBy { get; init; }

    public string? Version { get; init; }

    /// <summary>Null until it was found out.</summary>
    public bool? ProvisioningOn { get; init; }

    public required int HoldPercent { get; init; }

    /// <summary>The last one that was applied.</summary>
    public SyncRow? LastSync { get; init; }

    /// <summary>On its way to the inventory.</summary>
    public SyncRow? OpenSync { get; init; }

    /// <summary>Waits for a person.</summary>
    public SyncRow? HeldSync { get; init; }

    public required Moment CreatedAt { get; init; }
}

internal sealed record ConnectorFilter
{
    /// <summary>Part of the name of connector or app.</summary>
    public string? Text { get; init; }

    public long? AppId { get; init; }
}
