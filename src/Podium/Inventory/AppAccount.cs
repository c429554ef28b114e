using Baton.Evidence.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>
/// Who can have access: an account, a service account, and a group that holds access for its members. One that ended does not come back: the
/// same id later is another account, of the next incarnation.
/// </summary>
internal sealed class AppAccount : AccountVersion
{
    public long Id { get; set; }

    public required long ConnectorId { get; set; }

    public required long TypeId { get; set; }

    public required string ExternalId { get; set; }

    /// <summary>1 for the first account of its id.</summary>
    public required int Incarnation { get; set; }

    public LastSeenQuality LastSeenQuality { get; set; }

    /// <summary>Only where the quality is observed.</summary>
    public Moment? LastSeenAt { get; set; }

    /// <summary>As <see cref="AppResource.Hash"/>.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>As <see cref="AppResource.RawHash"/>.</summary>
    public required byte[] RawHash { get; set; }

    public required Moment BegunAt { get; set; }

    public Moment? DeletedAt { get; set; }

    public long? DeletedCauseId { get; set; }
}

/// <summary>How an account was, from <see cref="AccountVersion.Since"/> until <see cref="Until"/>.</summary>
internal sealed class AppAccountPast : AccountVersion
{
    public required long AccountId { get; set; }

    public required Moment Until { get; set; }

    public required long UntilCauseId { get; set; }
}

internal sealed class AppAccountConfiguration : IEntityTypeConfiguration<AppAccount>, IEntityTypeConfiguration<AppAccountPast>
{
    public void Configure(EntityTypeBuilder<AppAccount> builder)
    {
        builder.HasIndex(account => new { account.ConnectorId, account.TypeId, account.ExternalId, account.Incarnation }).IsUnique();
        builder.HasIndex(account => new { account.AppId, account.SortName, account.Id });
        builder.HasIndex(account => new { account.AppId, account.BegunAt, account.Id });
        builder.HasIndex(account => new { account.AppId, account.DeletedAt, account.Id });
        builder.HasIndex(account => account.TypeId);
        builder.HasOne<AppResourceType>().WithMany().HasForeignKey(account => account.TypeId);
    }

    public void Configure(EntityTypeBuilder<AppAccountPast> builder)
    {
        builder.HasKey(past => new { past.AccountId, past.Since });
        builder.HasIndex(past => new { past.AppId, past.SortName, past.AccountId });
        builder.HasIndex(past => new { past.AppId, past.Until, past.AccountId });
        builder.HasOne<AppAccount>().WithMany().HasForeignKey(past => past.AccountId);
    }
}
