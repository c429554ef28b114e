using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Tokens;

/// <summary>A token that was given for a proof. Kept as a hash: who reads the database cannot call with it.</summary>
internal sealed class AccessToken
{
    /// <summary>SHA-256 of the token's text.</summary>
    public required byte[] Hash { get; set; }

    public required long CredentialId { get; set; }

    public required Moment ExpiresAt { get; set; }
}

internal sealed class AccessTokenConfiguration : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.HasKey(token => token.Hash);
        builder.HasIndex(token => token.ExpiresAt);
        builder.HasOne<ClientCredential>().WithMany().HasForeignKey(token => token.CredentialId).OnDelete(DeleteBehavior.Cascade);
    }
}
