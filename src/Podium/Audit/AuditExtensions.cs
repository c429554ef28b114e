using System.Text.Json.Nodes;
using Podium.Data;

namespace Podium.Audit;

internal static class AuditExtensions
{
    /// <summary>Adds a row to the transaction that <paramref name="context"/> is in.</summary>
    public static void Audit(
        this PodiumContext context, Moment at, string kind, Actor actor, (string Kind, string Id)? subject = null, JsonObject? details = null)
        => context.Add(new AuditRow
        {
            At = at,
            Kind = kind,
            ActorKind = actor.Kind,
            ActorId = actor.PersonId,
            ClientId = actor.ClientId,
            Address = actor.Address,
            SubjectKind = subject?.Kind,
            SubjectId = subject?.Id,
            Details = details?.ToJsonString() ?? "{}",
        });
}
