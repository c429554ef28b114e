using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.Api;

/// <summary>The people whom a request names as owners.</summary>
internal sealed class ConnectorPeople(Database database)
{
    /// <summary>As many as the other platform takes.</summary>
    private const int Most = 32;

    /// <param name="ids">Public ids.</param>
    /// <param name="field">The member of the request that holds them.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="Refusal">There are too many, or one of them is nobody.</exception>
    public async Task<IReadOnlyList<long>> KeysAsync(IEnumerable<string?> ids, string field, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count > Most)
        {
            throw new Refusal($"A connector has at most {Most} owners.", field);
        }

        var parsed = wanted.ConvertAll(id => Ksuid.TryParse(id, out var good) ? good : throw NoSuch(id, field));
        var found = await database.ReadAsync(context => context.Set<Person>()
            .Where(person => parsed.Contains(person.PublicId) && person.DeletedAt == null)
            .Select(person => new { person.Id, person.PublicId }).ToListAsync(cancellationToken));
        return parsed.Find(id => found.All(person => person.PublicId != id)) is { } missing && missing != default
            ? throw NoSuch(missing.ToString(), field)
            : found.ConvertAll(person => person.Id);
    }

    private static Refusal NoSuch(string? id, string field) => new($"There is no user '{(id is { Length: > Ksuid.Length } ? id[..Ksuid.Length] + "…" : id)}'.", field);
}
