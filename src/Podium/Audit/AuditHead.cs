using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Audit;

/// <summary>The chain up to a row, signed: what is carried off the machine, so that who owns the database cannot rewrite what was before it.</summary>
internal sealed class AuditHead
{
    /// <summary>Of the last row that it stands for.</summary>
    public long Number { get; set; }

    public required Moment At { get; set; }

    public required byte[] Hash { get; set; }

    /// <summary>ECDSA P-256 with SHA-256 over <see cref="AuditChain.HeadText"/>, in DER as openssl reads it.</summary>
    public required byte[] Signature { get; set; }

    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo), hexadecimal.</summary>
    public required string KeyId { get; set; }
}

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.HasKey(head => head.Number);
        builder.Property(head => head.Number).ValueGeneratedNever();
    }
}
