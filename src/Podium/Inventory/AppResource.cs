using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>
/// What access is to: an organization, a team; also tokens and keys. One that ended and comes back with the same id is the same row.
/// </summary>
internal sealed class AppResource : ResourceVersion
{
    public long Id { get; set; }

    public required long ConnectorId { get; set; }

    public required long TypeId { get; set; }

    public required string ExternalId { get; set; }

    /// <summary>When a token was last used. Not part of the history.</summary>
    public Moment? SecretLastUsedAt { get; set; }

    /// <summary>Of everything that has a history. Another hash is another version.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Of the message as the connector encoded it: the same hash need not be looked into.</summary>
    public required byte[] RawHash { get; set; }

    public required Moment BegunAt { get; set; }

    public Moment? DeletedAt { get; set; }

    public long? DeletedCauseId { get; set; }
}

/// <summary>How a resource was, from <see cref="ResourceVersion.Since"/> until <see cref="Until"/>.</summary>
internal sealed class AppResourcePast : ResourceVersion
{
    public required long ResourceId { get; set; }

    public required Moment Until { get; set; }

    public required long UntilCauseId { get; set; }

    /// <summary>It was gone after <see cref="Until"/>, and is there again since then. Null where it only became another version.</summary>
    public Moment? ReturnedAt { get; set; }

    public long? ReturnedCauseId { get; set; }
}

internal sealed class AppResourceConfiguration : IEntityTypeConfiguration<AppResource>, IEntityTypeConfiguration<AppResourcePast>
{
    public void Configure(EntityTypeBuilder<AppResource> builder)
    {
        builder.HasIndex(resource => new { resource.ConnectorId, resource.TypeId, resource.ExternalId }).IsUnique();
        builder.HasIndex(resource => new { resource.AppId, resource.SortName, resource.Id });
        builder.HasIndex(resource => new { resource.AppId, resource.BegunAt, resource.Id });
        builder.HasIndex(resource => new { resource.AppId, resource.DeletedAt, resource.Id });
        builder.HasIndex(resource => resource.ParentId);
        builder.HasIndex(resource => resource.TypeId);
        builder.HasOne<AppResourceType>().WithMany().HasForeignKey(resource => resource.TypeId);
    }

    public void Configure(EntityTypeBuilder<AppResourcePast> builder)
    {
        builder.HasKey(past => new { past.ResourceId, past.Since });
        builder.HasIndex(past => new { past.AppId, past.SortName, past.ResourceId });
        builder.HasIndex(past => new { past.AppId, past.Until, past.ResourceId });
        builder.HasIndex(past => new { past.AppId, past.ReturnedAt, past.ResourceId });
        builder.HasOne<AppResource>().WithMany().HasForeignKey(past => past.ResourceId);
    }
}
