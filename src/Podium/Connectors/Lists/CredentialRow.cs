using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>A credential of a connector without its key, which nobody needs to see.</summary>
internal sealed record CredentialRow(
    long Id,
    Ksuid PublicId,
    string ClientId,
    string DisplayName,
    Moment CreatedAt,
    Moment? ExpiresAt,
    Moment? RevokedAt,
    Moment? LastUsedAt,
    string? LastUsedFrom)
{
    public bool IsGood(Moment now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}
