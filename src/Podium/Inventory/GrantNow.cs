using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>
/// Access that is there. Apart from <see cref="GrantPast"/>, so that what is read and written all the time stays small whatever the history is.
/// No foreign keys: there are millions, they are written by sync alone, and what they refer to is never deleted.
/// </summary>
internal sealed class GrantNow : GrantPeriod
{
    /// <summary>A task's receipt for it is from then, which an older sync cannot know of.</summary>
    public Moment? ConfirmedAt { get; set; }
}

internal sealed class GrantNowConfiguration : IEntityTypeConfiguration<GrantNow>
{
    public void Configure(EntityTypeBuilder<GrantNow> builder)
    {
        builder.HasIndex(grant => new { grant.EntitlementId, grant.AccountId }).IsUnique();
        builder.HasIndex(grant => grant.AccountId);
        builder.HasIndex(grant => new { grant.AppId, grant.Since, grant.Id });
    }
}
