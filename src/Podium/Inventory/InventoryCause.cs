using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>
/// Why and when the inventory changed: one row for everything that changed together. Every row of the history names the one that began it and
/// the one that ended it.
/// </summary>
internal sealed class InventoryCause
{
    public long Id { get; set; }

    public required long ConnectorId { get; set; }

    public required InventoryCauseKind Kind { get; set; }

    /// <summary>What the history calls the time of the change.</summary>
    public required Moment At { get; set; }

    /// <summary>The change was not seen before this moment; equal to <see cref="At"/> where we made it ourselves and know the time exactly.</summary>
    public required Moment NotBefore { get; set; }

    public long? SyncId { get; set; }

    /// <summary>The task that was carried out.</summary>
    public long? TaskId { get; set; }

    public long? PersonId { get; set; }
}

internal enum InventoryCauseKind
{
    /// <summary>A sync showed it.</summary>
    Sync,

    /// <summary>A task did it, and has a receipt.</summary>
    Task,

    /// <summary>A resource type is not read any more, because somebody took it out of the selection.</summary>
    Selection,

    ConnectorDeleted,
}

internal sealed class InventoryCauseConfiguration : IEntityTypeConfiguration<InventoryCause>
{
    public void Configure(EntityTypeBuilder<InventoryCause> builder)
    {
        builder.HasIndex(cause => new { cause.ConnectorId, cause.At });
        builder.HasOne<Connector>().WithMany().HasForeignKey(cause => cause.ConnectorId);
        builder.HasOne<Sync>().WithMany().HasForeignKey(cause => cause.SyncId);
    }
}
