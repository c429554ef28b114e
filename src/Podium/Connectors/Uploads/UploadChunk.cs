using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Connectors.Uploads;

/// <summary>A part of an upload, where the database is all that replicas share.</summary>
internal sealed class UploadChunk
{
    public required string Name { get; set; }

    public required int Number { get; set; }

    public required byte[] Data { get; set; }

    /// <summary>Tells what a replica that died left behind.</summary>
    public required Moment WrittenAt { get; set; }
}

internal sealed class UploadChunkConfiguration : IEntityTypeConfiguration<UploadChunk>
{
    public void Configure(EntityTypeBuilder<UploadChunk> builder) => builder.HasKey(chunk => new { chunk.Name, chunk.Number });
}
