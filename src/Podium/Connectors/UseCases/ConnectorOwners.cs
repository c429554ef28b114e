using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.UseCases;

internal static class ConnectorOwners
{
    /// <param name="database">Where people are.</param>
    /// <param name="text">Addresses, one a line or with commas between.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="Refusal">Nobody has one of them.</exception>
    public static async Task<IReadOnlyList<long>> FindAsync(Database database, string text, CancellationToken cancellationToken)
    {
        var owners = new List<long>();
        foreach (var written in text.Split(['\n', '\r', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var address = EmailAddress.TryParse(written, out var parsed, out var problem) ? parsed.Value : throw new Refusal($"{written}: {problem}", "owners");
            var normalized = address.Normalized;
            owners.Add(await database.ReadAsync(context => context.Set<Person>()
                .Where(person => person.NormalizedEmail == normalized && person.DeletedAt == null).Select(person => (long?)person.Id).SingleOrDefaultAsync(cancellationToken))
                ?? throw new Refusal($"Nobody here has the address {written}: people are added on the page People.", "owners"));
        }

        return owners;
    }

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
