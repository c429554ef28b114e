using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Outbox;

/// <summary>
/// Something that must leave this server: a mail, a call. Written in the transaction of what it tells, so that neither is without the other, and tried
/// until it has left.
/// </summary>
internal sealed class OutboxMessage
{
    public long Id { get; set; }

    /// <summary>Who sends it: <c>mail</c>, <c>webhook</c>, ….</summary>
    public required string Kind { get; set; }

    /// <summary>What its sender needs, as JSON. Never a secret.</summary>
    public required string Payload { get; set; }

    public required Moment WrittenAt { get; set; }

    /// <summary>Not tried before; null once it has left or was given up.</summary>
    public Moment? DueAt { get; set; }

    /// <summary>Whoever tries it has it until then; after that, another replica takes it.</summary>
    public Moment? ClaimedUntil { get; set; }

    public int Tries { get; set; }

    /// <summary>Of the last try.</summary>
    public string? Error { get; set; }

    public Moment? SentAt { get; set; }
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder) => builder.HasIndex(message => message.DueAt).HasFilter("due_at IS NOT NULL");
}

internal static class OutboxExtensions
{
    /// <summary>Adds a message to the transaction that <paramref name="context"/> is in.</summary>
    public static void Send(this PodiumContext context, Moment at, string kind, JsonObject payload)
        => context.Add(new OutboxMessage { Kind = kind, Payload = payload.ToJsonString(), WrittenAt = at, DueAt = at });
}
