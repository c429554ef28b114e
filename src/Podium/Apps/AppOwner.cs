using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.People;

namespace Podium.Apps;

internal sealed class AppOwner
{
    public long AppId { get; set; }

    public long PersonId { get; set; }
}

internal sealed class AppOwnerConfiguration : IEntityTypeConfiguration<AppOwner>
{
    public void Configure(EntityTypeBuilder<AppOwner> builder)
    {
        builder.HasKey(owner => new { owner.AppId, owner.PersonId });
        builder.HasOne<App>().WithMany().HasForeignKey(owner => owner.AppId);
        builder.HasOne<Person>().WithMany().HasForeignKey(owner => owner.PersonId);
    }
}
