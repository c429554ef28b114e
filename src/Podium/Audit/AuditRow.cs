using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Audit;

/// <summary>
/// One line of the audit log. Written in the transaction of what it tells, never changed, never deleted; only its place in the chain comes later, once.
/// It names people by id only, so that a person can be pseudonymised without touching it.
/// </summary>
internal sealed class AuditRow
{
    public long Id { get; set; }

    public required Moment At { get; set; }

    /// <summary>Feature and verb: <c>connector.settings.saved</c>, <c>sync.applied</c>, <c>session.begun</c>, ….</summary>
    public required string Kind { get; set; }

    public required ActorKind ActorKind { get; set; }

    /// <summary>The person's id where a person acted, directly or by a key of theirs.</summary>
    public long? ActorId { get; set; }

    /// <summary>The client whose key was used; null for a session.</summary>
    public string? ClientId { get; set; }

    public string? Address { get; set; }

    /// <summary>What it is about: the kind of thing, and its public id.</summary>
    public string? SubjectKind { get; set; }

    public string? SubjectId { get; set; }

    /// <summary>Facts as JSON: numbers and names of settings, never their values, never a secret.</summary>
    public string Details { get; set; } = "{}";

    /// <summary>Its place in the chain, from 1 on, without gaps; null until <see cref="AuditSealer"/> has seen it.</summary>
    public long? Number { get; set; }

    /// <summary>SHA-256 over the hash before it and everything above: <see cref="AuditChain"/>.</summary>
    public byte[]? Hash { get; set; }
}

internal enum ActorKind
{
    System,
    Person,
    Connector,

    /// <summary>Whoever may run the executable beside the database.</summary>
    Operator,

    /// <summary>Nobody we know: a refused sign-in.</summary>
    Stranger,
}

internal sealed class AuditRowConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.HasIndex(row => row.At);
        builder.HasIndex(row => new { row.SubjectKind, row.SubjectId, row.At });
        builder.HasIndex(row => new { row.ActorId, row.At });
        builder.HasIndex(row => row.Number).IsUnique();
        builder.HasIndex(row => row.Id, "ix_audit_row_unsealed").HasFilter("number IS NULL");
    }
}
