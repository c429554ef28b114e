using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;
using Podium.Tokens;

namespace Podium.Connectors;

/// <summary>
/// One hand-out of work to a connector. The wire has no other key of idempotency than the task id, so that id names the attempt:
/// what is tried again is another attempt. Moves: docs/podium/states.md.
/// </summary>
internal sealed class Attempt
{
    public long Id { get; set; }

    /// <summary>The task id on the wire.</summary>
    public required Ksuid PublicId { get; set; }

    public required long ConnectorId { get; set; }

    /// <summary>The name of the member of <c>c1.connectorapi.baton.v1.Task</c>'s oneof: <c>sync_full</c>, <c>grant</c>, ….</summary>
    public required string Kind { get; set; }

    /// <summary>Which <see cref="Attempts.IAttemptFollower"/> is told how it ended.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>The encoded <c>Task</c>.</summary>
    public required byte[] Payload { get; set; }

    public AttemptState State { get; set; } = AttemptState.Queued;

    public required Moment QueuedAt { get; set; }

    /// <summary>Not handed out before.</summary>
    public required Moment DueAt { get; set; }

    public string? HostId { get; set; }

    /// <summary>With whose token it was fetched: it dies with that credential.</summary>
    public long? CredentialId { get; set; }

    public Moment? HandedOutAt { get; set; }

    /// <summary>Lost when nothing was heard until then.</summary>
    public Moment? Until { get; set; }

    /// <summary>The next heartbeat is answered with "cancelled".</summary>
    public bool CancelRequested { get; set; }

    public Moment? EndedAt { get; set; }

    /// <summary>A gRPC code; null unless it failed.</summary>
    public int? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>The encoded <c>FinishTask</c> request that ended it: response, annotations and details of an error are in it.</summary>
    public byte[]? Answer { get; set; }
}

internal enum AttemptState
{
    Queued,
    Out,
    Done,
    Failed,

    /// <summary>Its host was silent for too long. A late success still counts.</summary>
    Lost,
    Cancelled,
}

internal static class AttemptStates
{
    public static bool IsOpen(this AttemptState state) => state is AttemptState.Queued or AttemptState.Out;
}

internal sealed class AttemptConfiguration : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> builder)
    {
        builder.HasIndex(attempt => attempt.PublicId).IsUnique();
        builder.HasIndex(attempt => new { attempt.ConnectorId, attempt.State, attempt.DueAt });
        builder.HasIndex(attempt => new { attempt.State, attempt.Until });
        // However many replicas hand out: one sync of a connector is waiting or under way.
        builder.HasIndex(attempt => attempt.ConnectorId, "ix_attempt_one_sync")
            .IsUnique().HasFilter("kind = 'sync_full' AND state IN ('Queued', 'Out')");
        builder.HasIndex(attempt => attempt.CredentialId);
        builder.HasOne<ClientCredential>().WithMany().HasForeignKey(attempt => attempt.CredentialId);
        builder.HasOne<Connector>().WithMany().HasForeignKey(attempt => attempt.ConnectorId);
    }
}
