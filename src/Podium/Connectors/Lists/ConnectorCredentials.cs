using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Tokens;

namespace Podium.Connectors.Lists;

/// <summary>The credentials of a connector, newest first, also those that have ended.</summary>
internal sealed class ConnectorCredentials(Database database, TokenClock clock)
{
    public async Task<IReadOnlyList<CredentialRow>> OfAsync(long connectorId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var now = clock.Time.Now();
        var found = await context.Set<ClientCredential>().Where(one => one.ConnectorId == connectorId).OrderByDescending(one => one.Id).ToListAsync(cancellationToken);
        return found.ConvertAll(one => new CredentialRow(
            one.Id, one.PublicId, one.ClientId, one.CreatedAt, one.CreatedBy, one.ExpiresAt, one.RevokedAt, one.LastUsedAt, one.LastUsedFrom, one.IsGood(now)));
    }
}
