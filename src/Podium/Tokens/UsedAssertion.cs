using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Tokens;

/// <summary>An assertion that was taken: the same one is not taken again, by whichever replica it is shown to.</summary>
internal sealed class UsedAssertion
{
    public required long CredentialId { get; set; }

    /// <summary>SHA-256 of the nonce, or of the signature where there is none.</summary>
    public required byte[] Mark { get; set; }

    /// <summary>From then on it has ended by itself.</summary>
    public required Moment ForgottenAt { get; set; }
}

internal sealed class UsedAssertionConfiguration : IEntityTypeConfiguration<UsedAssertion>
{
    public void Configure(EntityTypeBuilder<UsedAssertion> builder)
    {
        builder.HasKey(used => new { used.CredentialId, used.Mark });
        builder.HasIndex(used => used.ForgottenAt);
        builder.HasOne<ClientCredential>().WithMany().HasForeignKey(used => used.CredentialId).OnDelete(DeleteBehavior.Cascade);
    }
}
