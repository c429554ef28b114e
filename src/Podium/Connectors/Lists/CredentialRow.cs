using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>A credential without its key.</summary>
internal sealed record CredentialRow(
    long Id, Ksuid PublicId, string ClientId, Moment CreatedAt, long? CreatedBy, Moment? ExpiresAt, Moment? RevokedAt, Moment? LastUsedAt, string? LastUsedFrom, bool IsGood);
