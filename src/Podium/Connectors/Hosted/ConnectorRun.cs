using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Connectors.Hosted;

/// <summary>One process of a hosted connector, from its start to its end.</summary>
internal sealed class ConnectorRun
{
    public long Id { get; set; }

    public required long ConnectorId { get; set; }

    public required long CredentialId { get; set; }

    public required Moment StartedAt { get; set; }

    public Moment? EndedAt { get; set; }

    /// <summary>Null while it runs, and for one whose server was killed with it.</summary>
    public int? ExitCode { get; set; }
}

internal sealed class ConnectorRunConfiguration : IEntityTypeConfiguration<ConnectorRun>
{
    public void Configure(EntityTypeBuilder<ConnectorRun> builder)
    {
        builder.HasIndex(run => new { run.ConnectorId, run.EndedAt });
        builder.HasOne<Connector>().WithMany().HasForeignKey(run => run.ConnectorId);
    }
}
