using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Data;
using Podium.Tokens;

namespace Podium.Connectors.UseCases;

/// <summary>Ends a credential at once: its tokens, and the work that was handed out to whoever holds it.</summary>
internal sealed class RevokeCredential(ConnectorChange change, ClientCredentials credentials, AttemptLife attempts)
{
    /// <exception cref="Refusal">The connector has no such credential.</exception>
    public Task RunAsync(long connectorId, long credentialId, Actor actor, CancellationToken cancellationToken)
        => change.RunAsync(
            connectorId,
            actor,
            "connector.credential.revoked",
            async (context, connector, details) =>
            {
                var clientId = await context.Set<ClientCredential>()
                    .Where(credential => credential.Id == credentialId && credential.ConnectorId == connector.Id)
                    .Select(credential => credential.ClientId)
                    .FirstOrDefaultAsync(cancellationToken) ?? throw new Refusal("This connector has no such credential.");
                details["client"] = clientId;
                details["wasGood"] = await RevokeAsync(context, credentialId, cancellationToken);
            },
            cancellationToken);

    /// <summary>In the transaction of another use case, which has the connector locked.</summary>
    public async Task<bool> RevokeAsync(PodiumContext context, long credentialId, CancellationToken cancellationToken)
    {
        var isNew = await credentials.RevokeAsync(context, credentialId, cancellationToken);
        await attempts.LoseOfCredentialAsync(context, credentialId, "the connector's credential was revoked", cancellationToken);
        return isNew;
    }
}
