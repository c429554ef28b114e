using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>A role that a person has besides <see cref="Role.BasicUser"/>, which is not written down.</summary>
internal sealed class RoleHolding
{
    public long PersonId { get; set; }

    public Role Role { get; set; }

    public required Moment Since { get; set; }
}

internal sealed class RoleHoldingConfiguration : IEntityTypeConfiguration<RoleHolding>
{
    public void Configure(EntityTypeBuilder<RoleHolding> builder)
    {
        builder.HasKey(holding => new { holding.PersonId, holding.Role });
        builder.HasIndex(holding => holding.Role);
        builder.HasOne<Person>().WithMany().HasForeignKey(holding => holding.PersonId);
    }
}
