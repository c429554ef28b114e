using Podium.Apps;
using Podium.Connectors.Catalog;
using Podium.Connectors.Syncs;
using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>A connector as lists, its pages and the API show it. The settings are not in it.</summary>
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
    public required string? Error { get; init; }

    public required Moment? FailingSince { get; init; }

    public required Moment? PausedAt { get; init; }

    /// <summary>Null while it is not paused, and where no person paused it.</summary>
    public string? PausedByName { get; init; }

    public required Moment? LastSeenAt { get; init; }

    public required Moment? NextSyncAt { get; init; }

    public required SyncTimes Times { get; init; }

    public required bool HasSettings { get; init; }

    public required Moment? SettingsSavedAt { get; init; }

    public required string? Version { get; init; }

    /// <summary>Encoded <c>c1.connector.v2.ConnectorMetadata</c>; null before the first hello.</summary>
    public required byte[]? Metadata { get; init; }

    /// <summary>Null while it was not found out.</summary>
    public required bool? ProvisioningOn { get; init; }

    /// <summary>The last one that was applied: what the inventory is of.</summary>
    public required SyncRow? LastSync { get; init; }

    /// <summary>The last one that ended, however; null before the first.</summary>
    public required SyncRow? LastEnded { get; init; }

    /// <summary>On its way to the inventory.</summary>
    public required SyncRow? OpenSync { get; init; }

    /// <summary>Waits for a person.</summary>
    public required SyncRow? HeldSync { get; init; }

    /// <summary>By name.</summary>
    public IReadOnlyList<ConnectorOwnerRow> Owners { get; init; } = [];

    public required Moment CreatedAt { get; init; }

    /// <summary>When a person changed it last, adding it included.</summary>
    public required Moment UpdatedAt { get; init; }

    public required Moment? DeletedAt { get; init; }

    public static ConnectorRow Of(Connector connector, App app, CatalogEntry? entry, ILookup<long, Sync> syncs, Moment now)
    {
        var own = syncs[connector.Id].OrderByDescending(sync => sync.Id).ToList();
        var open = own.Find(sync => sync.State.IsOpen());
        var held = own.Find(sync => sync.State == SyncState.Held);
        var ended = own.Find(sync => sync.EndedAt is not null);
        var applied = own.Find(sync => sync.State == SyncState.Applied && sync.AsOf == connector.InventoryAsOf);
        return new()
        {
            Id = connector.Id,
            PublicId = connector.PublicId,
            AppId = connector.AppId,
            AppPublicId = app.PublicId,
            AppName = app.DisplayName,
            CatalogId = connector.CatalogId,
            CatalogName = entry?.DisplayName ?? connector.CatalogId,
            DisplayName = connector.DisplayName,
            Description = connector.Description,
            Hosting = connector.Hosting,
            Chip = ConnectorChips.Of(connector, open?.State, held is not null, connector.InventoryAsOf is not null, now),
            Error = connector.Error,
            FailingSince = connector.FailingSince,
            PausedAt = connector.PausedAt,
            LastSeenAt = connector.LastSeenAt,
            NextSyncAt = connector.NextSyncAt,
            Times = SyncTimes.Of(connector),
            HasSettings = connector.ProtectedSettings is not null,
            SettingsSavedAt = connector.SettingsSavedAt,
            Version = connector.Version,
            Metadata = connector.Metadata,
            ProvisioningOn = connector.ProvisioningOn,
            LastSync = applied is null ? null : SyncRow.Of(applied),
            LastEnded = ended is null ? null : SyncRow.Of(ended),
            OpenSync = open is null ? null : SyncRow.Of(open),
            HeldSync = held is null ? null : SyncRow.Of(held),
            CreatedAt = connector.CreatedAt,
            UpdatedAt = connector.UpdatedAt ?? connector.CreatedAt,
            DeletedAt = connector.DeletedAt,
        };
    }

    public bool IsOwnedBy(long personId) => Owners.Any(owner => owner.PersonId == personId);
}

internal sealed record ConnectorOwnerRow(long PersonId, Ksuid PublicId, string DisplayName, string Email);
