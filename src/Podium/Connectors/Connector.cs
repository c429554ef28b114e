using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Apps;
using Podium.Data;

namespace Podium.Connectors;

/// <summary>One connection of an app to where its accounts are. It never moves to another app; hosted or self-hosted is a setting of it.</summary>
internal sealed class Connector
{
    public long Id { get; set; }

    public required Ksuid PublicId { get; set; }

    public required long AppId { get; set; }

    /// <summary>The entry of the catalogue that it was made of.</summary>
    public required string CatalogId { get; set; }

    public required string DisplayName { get; set; }

    public string Description { get; set; } = "";

    public required ConnectorHosting Hosting { get; set; }

    /// <summary>The settings as JSON, encrypted; null until somebody gave them. Never returned, not even to who wrote them.</summary>
    public byte[]? ProtectedSettings { get; set; }

    public long? SettingsSavedBy { get; set; }

    public Moment? SettingsSavedAt { get; set; }

    /// <summary>Seconds from the end of one sync to the next; at least 300. Not used while there is a <see cref="SyncCron"/>.</summary>
    public int SyncIntervalSeconds { get; set; } = 3600;

    /// <summary>Five fields of cron, in <see cref="SyncZone"/>; null for an interval.</summary>
    public string? SyncCron { get; set; }

    /// <summary>An IANA time zone; null without a <see cref="SyncCron"/>.</summary>
    public string? SyncZone { get; set; }

    public Moment? NextSyncAt { get; set; }

    public Moment? PausedAt { get; set; }

    public long? PausedBy { get; set; }

    /// <summary>The last call of a process that holds a credential of this connector.</summary>
    public Moment? LastSeenAt { get; set; }

    /// <summary>The connector's own metadata (<c>c1.connector.v2.ConnectorMetadata</c>), encoded, from its last Hello.</summary>
    public byte[]? Metadata { get; set; }

    public string? Version { get; set; }

    /// <summary>Null until it was found out (podium asks by a task whose answer tells).</summary>
    public bool? ProvisioningOn { get; set; }

    /// <summary>The resource types that are read, by external id, as a JSON array; null for all of them.</summary>
    public string? SelectedTypes { get; set; }

    /// <summary>A sync that would end more than this many per cent of the resources, accounts or grants is held.</summary>
    public int HoldPercent { get; set; } = 50;

    public int FailedSyncs { get; set; }

    public Moment? FailingSince { get; set; }

    /// <summary>One sentence: what failed and what to do. Null while nothing does.</summary>
    public string? Error { get; set; }

    /// <summary>
    /// Counts what changed the inventory and is more than single grants: applied syncs, accounts made by a task. What was prepared against another
    /// number starts anew.
    /// </summary>
    public long InventoryVersion { get; set; }

    /// <summary>The moment of the sync that was applied last; each is later than the one before, whatever the clock does.</summary>
    public Moment? InventoryAsOf { get; set; }

    public required Moment CreatedAt { get; set; }

    /// <summary>When a person changed it last: its name, owners, settings, schedule, or a pause; null while nobody has since it was added.</summary>
    public Moment? UpdatedAt { get; set; }

    public Moment? DeletedAt { get; set; }
}

internal enum ConnectorHosting
{
    /// <summary>A child process of podium.</summary>
    Hosted,

    /// <summary>Run by somebody else, with client id and secret.</summary>
    SelfHosted,
}

internal sealed class ConnectorConfiguration : IEntityTypeConfiguration<Connector>
{
    public void Configure(EntityTypeBuilder<Connector> builder)
    {
        builder.HasIndex(connector => connector.PublicId).IsUnique();
        builder.HasOne<App>().WithMany().HasForeignKey(connector => connector.AppId);
    }
}
