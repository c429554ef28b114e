using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.Tokens;

namespace Podium.Connectors.UseCases;

/// <summary>A new client id and secret for a connector that runs elsewhere. Those before stay good for a grace, so that it can be moved without a gap.</summary>
internal sealed class RotateCredential(ConnectorChange change, ClientCredentials credentials, TokenClock tokenClock, RevokeCredential revoke)
{
    public static readonly TimeSpan UsualGrace = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(30);

    /// <param name="connectorId">Whose.</param>
    /// <param name="grace">For the ones before; null for <see cref="UsualGrace"/>, zero to end them at once.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="Refusal">The connector runs here, or the grace is too long.</exception>
    public Task<NewCredential> RunAsync(long connectorId, TimeSpan? grace, Actor actor, CancellationToken cancellationToken)
    {
        var span = grace ?? UsualGrace;
        if (span < TimeSpan.Zero || span > LongestGrace)
        {
            throw new Refusal($"The old secret can stay good for at most {LongestGrace.TotalDays:0} days.", "grace");
        }

        return change.RunAsync(
            connectorId,
            actor,
            "connector.credential.rotated",
            async (context, connector, details) =>
            {
                if (connector.Hosting == ConnectorHosting.Hosted)
                {
                    throw new Refusal("Podium runs this connector itself and gives it a credential of its own at each start.");
                }

                var now = tokenClock.Time.Now();
                var before = await context.Set<ClientCredential>()
                    .Where(credential => credential.ConnectorId == connector.Id && credential.RevokedAt == null && (credential.ExpiresAt == null || credential.ExpiresAt > now))
                    .ToListAsync(cancellationToken);
                foreach (var credential in before)
                {
                    if (span == TimeSpan.Zero)
                    {
                        await revoke.RevokeAsync(context, credential.Id, cancellationToken);
                    }
                    else if (credential.ExpiresAt is not { } end || end > now + span)
                    {
                        credential.ExpiresAt = now + span;
                    }
                }

                var made = credentials.Create(context, ClientCredentialOwner.Connector(connector.Id), connector.DisplayName, actor.PersonId, life: null);
                details["client"] = made.Credential.ClientId;
                details["replaced"] = before.Count;
                details["graceSeconds"] = (long)span.TotalSeconds;
                return made;
            },
            cancellationToken);
    }
}
