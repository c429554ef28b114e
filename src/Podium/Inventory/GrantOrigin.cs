using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Connectors;

namespace Podium.Inventory;

/// <summary>Through what access is inherited. Shared by all grants that come the same way, and never changed.</summary>
internal sealed class GrantOrigin
{
    public long Id { get; set; }

    public required long ConnectorId { get; set; }

    /// <summary>It is given directly as well.</summary>
    public required bool IsDirect { get; set; }

    /// <summary>The external ids of the entitlements that it comes from, in order, as a JSON array.</summary>
    public required string Sources { get; set; }
}

internal sealed class GrantOriginConfiguration : IEntityTypeConfiguration<GrantOrigin>
{
    public void Configure(EntityTypeBuilder<GrantOrigin> builder)
    {
        builder.HasIndex(origin => origin.ConnectorId);
        builder.HasOne<Connector>().WithMany().HasForeignKey(origin => origin.ConnectorId);
    }
}
