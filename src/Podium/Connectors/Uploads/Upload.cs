using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Connectors.Uploads;

/// <summary>A file that a connector sent, whole. Where its bytes lie is for <see cref="IUploadStore"/> to say.</summary>
internal sealed class Upload
{
    public long Id { get; set; }

    public required long AttemptId { get; set; }

    public required UploadKind Kind { get; set; }

    /// <summary>Names its bytes in the store.</summary>
    public required string Name { get; set; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; set; }

    public required long Size { get; set; }

    public required Moment ReceivedAt { get; set; }

    /// <summary>The bytes are not kept any more.</summary>
    public Moment? ErasedAt { get; set; }
}

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.HasIndex(upload => new { upload.AttemptId, upload.Kind }).IsUnique();
        builder.HasIndex(upload => upload.Name).IsUnique();
        builder.HasOne<Attempt>().WithMany().HasForeignKey(upload => upload.AttemptId);
    }
}
