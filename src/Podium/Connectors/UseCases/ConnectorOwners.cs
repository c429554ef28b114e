using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.UseCases;

internal static class ConnectorOwners
{
    /// <summary>Replaces the owners, in the transaction of <paramref name="context"/>.</summary>
    /// <exception cref="Refusal">One of them is not there.</exception>
    public static async Task SetAsync(PodiumContext context, long connectorId, IReadOnlyCollection<long> ownerIds, CancellationToken cancellationToken)
    {
        var wanted = ownerIds.ToHashSet();
        var known = await context.Set<Person>().CountAsync(person => wanted.Contains(person.Id) && person.DeletedAt == null, cancellationToken);
        if (known != wanted.Count)
        {
            throw new Refusal("One of the owners was deleted: choose somebody else.", "ownerIds");
        }

        var before = await context.Set<ConnectorOwner>().Where(owner => owner.ConnectorId == connectorId).ToListAsync(cancellationToken);
        context.RemoveRange(before.Where(owner => !wanted.Contains(owner.PersonId)));
        context.AddRange(wanted.Except(before.Select(owner => owner.PersonId)).Select(id => new ConnectorOwner { ConnectorId = connectorId, PersonId = id }));
    }
}
