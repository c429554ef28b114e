using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>A kind of thing that a connector lists. Has no history of its own: it is a name for the rows of its kind.</summary>
internal sealed class AppResourceType
{
    public long Id { get; set; }

    public required long AppId { get; set; }

    public required long ConnectorId { get; set; }

    public required string ExternalId { get; set; }

    public required string DisplayName { get; set; }

    public string Description { get; set; } = "";

    /// <summary>Lower-case words with commas between them: <c>user</c>, <c>group,role</c>.</summary>
    public string Traits { get; set; } = "";

    /// <summary>Grants or entitlements name it, but no sync listed it.</summary>
    public bool IsPlaceholder { get; set; }

    public required Moment BegunAt { get; set; }

    public Moment? DeletedAt { get; set; }

    /// <summary>
    /// The moment of the first sync that did not have the type while it should. Its rows are stale since: kept, since that the connector stopped
    /// reading a type says nothing about what is there.
    /// </summary>
    public Moment? StaleSince { get; set; }
}

internal sealed class AppResourceTypeConfiguration : IEntityTypeConfiguration<AppResourceType>
{
    public void Configure(EntityTypeBuilder<AppResourceType> builder)
    {
        builder.HasIndex(type => new { type.ConnectorId, type.ExternalId }).IsUnique();
        builder.HasIndex(type => type.AppId);
        builder.HasOne<Connector>().WithMany().HasForeignKey(type => type.ConnectorId);
    }
}
