using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Connectors.Hosted;

/// <summary>A line that the process of a hosted connector wrote, without the secrets that it was given.</summary>
internal sealed class ConnectorLine
{
    public long Id { get; set; }

    public required long ConnectorId { get; set; }

    public required long RunId { get; set; }

    public required Moment At { get; set; }

    /// <summary>As the line says of itself: <c>debug</c>, <c>info</c>, <c>warn</c>, <c>error</c>; empty where it does not.</summary>
    public required string Level { get; set; }

    public required string Text { get; set; }
}

internal sealed class ConnectorLineConfiguration : IEntityTypeConfiguration<ConnectorLine>
{
    public void Configure(EntityTypeBuilder<ConnectorLine> builder)
    {
        builder.HasIndex(line => new { line.ConnectorId, line.Id });
        builder.HasIndex(line => line.At);
        builder.HasOne<Connector>().WithMany().HasForeignKey(line => line.ConnectorId);
    }
}
