using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Connectors;
using Podium.Data;
using Podium.People;

namespace Podium.Tokens;

/// <summary>
/// What a program proves itself with: a client id, and the public half of the key in the client secret, which nobody but the client keeps.
/// It speaks for one connector or for one person, never for both.
/// </summary>
internal sealed class ClientCredential
{
    public long Id { get; set; }

    public required Ksuid PublicId { get; set; }

    /// <summary><c>name@host[:port]/use</c>, with the host that the server had when it was made: it stays good when that changes.</summary>
    public required string ClientId { get; set; }

    public string DisplayName { get; set; } = "";

    public long? ConnectorId { get; set; }

    public long? PersonId { get; set; }

    /// <summary>32 bytes, as RFC 8032 encodes a point of Ed25519.</summary>
    public required byte[] PublicKey { get; set; }

    public required Moment CreatedAt { get; set; }

    public long? CreatedBy { get; set; }

    /// <summary>The end of a personal key, or of the grace of one that was replaced; null for none.</summary>
    public Moment? ExpiresAt { get; set; }

    public Moment? RevokedAt { get; set; }

    /// <summary>When a token was last asked for with it.</summary>
    public Moment? LastUsedAt { get; set; }

    public string? LastUsedFrom { get; set; }

    public bool IsGood(Moment now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}

internal sealed class ClientCredentialConfiguration : IEntityTypeConfiguration<ClientCredential>
{
    public void Configure(EntityTypeBuilder<ClientCredential> builder)
    {
        builder.HasIndex(credential => credential.PublicId).IsUnique();
        builder.HasIndex(credential => credential.ClientId).IsUnique();
        builder.HasOne<Connector>().WithMany().HasForeignKey(credential => credential.ConnectorId);
        builder.HasOne<Person>().WithMany().HasForeignKey(credential => credential.PersonId);
        builder.ToTable(table => table.HasCheckConstraint("ck_client_credential_owner", "(connector_id IS NULL) <> (person_id IS NULL)"));
    }
}
