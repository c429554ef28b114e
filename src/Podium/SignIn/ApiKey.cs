using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Tokens;

namespace Podium.SignIn;

/// <summary>What a person's own client credential is limited to, besides what the person may do.</summary>
internal sealed class ApiKey
{
    public long CredentialId { get; set; }

    /// <summary>Slugs, separated by spaces; null for all that the person has.</summary>
    public string? Roles { get; set; }

    /// <summary>From where it may be used, in CIDR notation, separated by spaces; null for anywhere.</summary>
    public string? Networks { get; set; }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.HasKey(key => key.CredentialId);
        builder.Property(key => key.CredentialId).ValueGeneratedNever();
        builder.HasOne<ClientCredential>().WithMany().HasForeignKey(key => key.CredentialId);
    }
}
