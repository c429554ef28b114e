using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Connectors;

namespace Podium.Inventory;

/// <summary>What applying the next sync of a connector needs to know of the last one.</summary>
internal sealed class InventoryState
{
    public required long ConnectorId { get; set; }

    /// <summary>
    /// Begins every hash of this connector's rows. Random and never shown, so that nobody who can choose a name in the target system can choose
    /// one whose change would not be noticed.
    /// </summary>
    public required long HashSeed { get; set; }

    /// <summary>
    /// The sum of the hashes of all grants of the file that was applied last. Equal sums mean equal grants, in whatever order. Null when a task
    /// changed a grant since, which the next file has to be held against.
    /// </summary>
    public byte[]? GrantsDigest { get; set; }
}

internal sealed class InventoryStateConfiguration : IEntityTypeConfiguration<InventoryState>
{
    public void Configure(EntityTypeBuilder<InventoryState> builder)
    {
        builder.HasKey(state => state.ConnectorId);
        builder.Property(state => state.ConnectorId).ValueGeneratedNever();
        builder.HasOne<Connector>().WithMany().HasForeignKey(state => state.ConnectorId);
    }
}
