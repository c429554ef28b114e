using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Tokens;

namespace Podium.Connectors.Lists;

/// <summary>The credentials of a connector, the latest first, also those that have ended.</summary>
internal sealed class ConnectorCredentials(Database database)
{
    /// <param name="connectorId">Whose.</param>
    /// <param name="before">Older than this id; null for the latest.</param>
    /// <param name="count">At most so many: a hosted connector gets one with each start.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<List<CredentialRow>> OfAsync(long connectorId, long? before, int count, CancellationToken cancellationToken) => database.ReadAsync(context
        => Rows(context.Set<ClientCredential>()
            .Where(credential => credential.ConnectorId == connectorId && (before == null || credential.Id < before))
            .OrderByDescending(credential => credential.Id).Take(count)).ToListAsync(cancellationToken));

    /// <returns>Null when that connector has no such credential.</returns>
    public Task<CredentialRow?> FindAsync(long connectorId, Ksuid id, CancellationToken cancellationToken) => database.ReadAsync(context
        => Rows(context.Set<ClientCredential>().Where(credential => credential.ConnectorId == connectorId && credential.PublicId == id)).SingleOrDefaultAsync(cancellationToken));

    private static IQueryable<CredentialRow> Rows(IQueryable<ClientCredential> credentials) => credentials.Select(credential => new CredentialRow(
        credential.Id,
        credential.PublicId,
        credential.ClientId,
        credential.DisplayName,
        credential.CreatedAt,
        credential.ExpiresAt,
        credential.RevokedAt,
        credential.LastUsedAt,
        credential.LastUsedFrom));
}
