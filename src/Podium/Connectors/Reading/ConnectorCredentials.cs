using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Tokens;

namespace Podium.Connectors.Reading;

/// <summary>The credentials of a connector that runs elsewhere, the latest first; without keys, which nobody needs to see.</summary>
internal sealed class ConnectorCredentials(Database database)
{
    private const int Most = 20;

    public Task<List<CredentialRow>> OfAsync(long connectorId, CancellationToken cancellationToken) => database.ReadAsync(context => context.Set<ClientCredential>()
        .Where(credential => credential.ConnectorId == connectorId)
        .OrderByDescending(credential => credential.Id)
        .Take(Most)
        .Select(credential => new CredentialRow(
            credential.Id, credential.PublicId, credential.ClientId, credential.CreatedAt, credential.ExpiresAt, credential.RevokedAt, credential.LastUsedAt, credential.LastUsedFrom))
        .ToListAsync(cancellationToken));
}

internal sealed record CredentialRow(
    long Id, Ksuid PublicId, string ClientId, Moment CreatedAt, Moment? ExpiresAt, Moment? RevokedAt, Moment? LastUsedAt, string? LastUsedFrom)
{
    public bool IsGood(Moment now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}
