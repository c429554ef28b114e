using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Connectors.Hosted;

/// <summary>Which of the replicas runs a hosted connector. One row a connector; taken over when its end has passed.</summary>
internal sealed class HostingLease
{
    public required long ConnectorId { get; set; }

    /// <summary>A name that a server's process gives itself at its start.</summary>
    public required string Holder { get; set; }

    public required Moment Until { get; set; }
}

internal sealed class HostingLeaseConfiguration : IEntityTypeConfiguration<HostingLease>
{
    public void Configure(EntityTypeBuilder<HostingLease> builder)
    {
        builder.HasKey(lease => lease.ConnectorId);
        builder.Property(lease => lease.ConnectorId).ValueGeneratedNever();
        builder.HasOne<Connector>().WithMany().HasForeignKey(lease => lease.ConnectorId);
    }
}
