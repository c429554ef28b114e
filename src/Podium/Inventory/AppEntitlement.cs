using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>
/// Something that can be granted. One that ended and comes back with the same id is the same row, with the policy, alias and owners that it had.
/// </summary>
internal sealed class AppEntitlement : EntitlementVersion
{
    public long Id { get; set; }

    public required long ConnectorId { get; set; }

    public required string ExternalId { get; set; }

    /// <summary>As <see cref="AppResource.Hash"/>.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>As <see cref="AppResource.RawHash"/>.</summary>
    public required byte[] RawHash { get; set; }

    public required Moment BegunAt { get; set; }

    public Moment? DeletedAt { get; set; }

    public long? DeletedCauseId { get; set; }
}

/// <summary>How an entitlement was, from <see cref="EntitlementVersion.Since"/> until <see cref="Until"/>.</summary>
internal sealed class AppEntitlementPast : EntitlementVersion
{
    public required long EntitlementId { get; set; }

    public required Moment Until { get; set; }

    public required long UntilCauseId { get; set; }

    /// <summary>It was gone after <see cref="Until"/>, and is there again since then. Null where it only became another version.</summary>
    public Moment? ReturnedAt { get; set; }

    public long? ReturnedCauseId { get; set; }
}

internal sealed class AppEntitlementConfiguration : IEntityTypeConfiguration<AppEntitlement>, IEntityTypeConfiguration<AppEntitlementPast>
{
    public void Configure(EntityTypeBuilder<AppEntitlement> builder)
    {
        builder.HasIndex(entitlement => new { entitlement.ConnectorId, entitlement.ExternalId }).IsUnique();
        builder.HasIndex(entitlement => new { entitlement.AppId, entitlement.SortName, entitlement.Id });
        builder.HasIndex(entitlement => new { entitlement.AppId, entitlement.BegunAt, entitlement.Id });
        builder.HasIndex(entitlement => new { entitlement.AppId, entitlement.DeletedAt, entitlement.Id });
        builder.HasIndex(entitlement => entitlement.ResourceId);
        builder.HasOne<Connector>().WithMany().HasForeignKey(entitlement => entitlement.ConnectorId);
        builder.HasOne<AppResource>().WithMany().HasForeignKey(entitlement => entitlement.ResourceId);
    }

    public void Configure(EntityTypeBuilder<AppEntitlementPast> builder)
    {
        builder.HasKey(past => new { past.EntitlementId, past.Since });
        builder.HasIndex(past => new { past.AppId, past.SortName, past.EntitlementId });
        builder.HasIndex(past => new { past.AppId, past.Until, past.EntitlementId });
        builder.HasIndex(past => new { past.AppId, past.ReturnedAt, past.EntitlementId });
        builder.HasOne<AppEntitlement>().WithMany().HasForeignKey(past => past.EntitlementId);
    }
}
