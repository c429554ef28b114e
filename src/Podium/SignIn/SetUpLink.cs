using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.SignIn;

/// <summary>A way in for the first Super Administrator. Each replica prints one of its own at its start; the first that is used ends all.</summary>
internal sealed class SetUpLink
{
    public long Id { get; set; }

    /// <summary>SHA-256 of the token of 128 bits.</summary>
    public required byte[] TokenHash { get; set; }

    public required Moment EndsAt { get; set; }
}

internal sealed class SetUpLinkConfiguration : IEntityTypeConfiguration<SetUpLink>
{
    public void Configure(EntityTypeBuilder<SetUpLink> builder) => builder.HasIndex(link => link.TokenHash).IsUnique();
}
