using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.People;

namespace Podium.Connectors;

/// <summary>Who may finish and edit one connector without a role for all of them.</summary>
internal sealed class ConnectorOwner
{
    public required long ConnectorId { get; set; }

    public required long PersonId { get; set; }
}

internal sealed class ConnectorOwnerConfiguration : IEntityTypeConfiguration<ConnectorOwner>
{
    public void Configure(EntityTypeBuilder<ConnectorOwner> builder)
    {
        builder.HasKey(owner => new { owner.ConnectorId, owner.PersonId });
        builder.HasIndex(owner => owner.PersonId);
        builder.HasOne<Connector>().WithMany().HasForeignKey(owner => owner.ConnectorId);
        builder.HasOne<Person>().WithMany().HasForeignKey(owner => owner.PersonId);
    }
}
