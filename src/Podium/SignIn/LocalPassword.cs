using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>A person's password, as ASP.NET Core Identity hashes it. Who signs in elsewhere has none.</summary>
internal sealed class LocalPassword
{
    public long PersonId { get; set; }

    public required string Hash { get; set; }

    public required Moment SetAt { get; set; }
}

internal sealed class LocalPasswordConfiguration : IEntityTypeConfiguration<LocalPassword>
{
    public void Configure(EntityTypeBuilder<LocalPassword> builder)
    {
        builder.HasKey(password => password.PersonId);
        builder.Property(password => password.PersonId).ValueGeneratedNever();
        builder.HasOne<Person>().WithMany().HasForeignKey(password => password.PersonId);
    }
}
