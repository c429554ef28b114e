using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Connectors;

/// <summary>One reading of everything that a connector sees, from the wish for it to what became of it.</summary>
internal sealed class Sync
{
    public long Id { get; set; }

    public required Ksuid PublicId { get; set; }

    public required long ConnectorId { get; set; }

    public required long AttemptId { get; set; }

    public SyncState State { get; set; } = SyncState.Queued;

    /// <summary>The person who pressed the button; null when it was due.</summary>
    public long? AskedBy { get; set; }

    public required Moment QueuedAt { get; set; }

    /// <summary>
    /// When its task was handed out, by our clock, later than the sync applied before: what the history calls the time of this sync. Never the file's own.
    /// </summary>
    public Moment? AsOf { get; set; }

    public Moment? ReceivedAt { get; set; }

    public Moment? EndedAt { get; set; }

    /// <summary>A process is at work on applying it and says so again before then; null while none is.</summary>
    public Moment? ApplyingUntil { get; set; }

    /// <summary>Of the upload, lower-case hexadecimal; null before it came.</summary>
    public string? Sha256 { get; set; }

    public long? Size { get; set; }

    public long? Accounts { get; set; }

    public long? Resources { get; set; }

    public long? Entitlements { get; set; }

    public long? Grants { get; set; }

    /// <summary>What was begun, changed and ended, as JSON; null before it was compared.</summary>
    public string? Difference { get; set; }

    /// <summary>Why it was held, rejected or failed, in one sentence.</summary>
    public string? Reason { get; set; }
}

internal enum SyncState
{
    Queued,
    Running,

    /// <summary>The upload is here, whole.</summary>
    Received,
    Applying,
    Applied,

    /// <summary>Would take away too much: waits for a person.</summary>
    Held,
    Discarded,

    /// <summary>Was held when a later one came.</summary>
    Superseded,

    /// <summary>Damaged, incomplete or older than what was applied.</summary>
    Rejected,
    Failed,
    Cancelled,
}

internal static class SyncStates
{
    /// <summary>Whether it is still on its way to the inventory.</summary>
    public static bool IsOpen(this SyncState state) => state is SyncState.Queued or SyncState.Running or SyncState.Received or SyncState.Applying;
}

internal sealed class SyncConfiguration : IEntityTypeConfiguration<Sync>
{
    public void Configure(EntityTypeBuilder<Sync> builder)
    {
        builder.HasIndex(sync => sync.PublicId).IsUnique();
        builder.HasIndex(sync => new { sync.ConnectorId, sync.State });
        builder.HasIndex(sync => sync.AttemptId).IsUnique();
        builder.HasOne<Connector>().WithMany().HasForeignKey(sync => sync.ConnectorId);
        builder.HasOne<Attempt>().WithMany().HasForeignKey(sync => sync.AttemptId);
    }
}
