using Microsoft.EntityFrameworkCore;
using Podium.Api;
using Podium.Data;
using Podium.SignIn;

namespace Podium.People;

/// <summary>People by name, a page at a time.</summary>
internal sealed class PeopleList(Database database)
{
    /// <exception cref="ApiException">The token is of another list.</exception>
    public async Task<PeoplePage> PageAsync(PeopleFilter filter, ApiPage page, CancellationToken cancellationToken)
    {
        var question = filter.ToString();
        await using var context = database.Open();
        var people = Where(context, filter);
        if (KeysetToken.Read(question, page.Token)?.Split(' ', 2) is [var idText, var name] && long.TryParse(idText, out var last))
        {
#pragma warning disable CA1309 // It becomes SQL: the database compares, by bytes.
            people = people.Where(person => string.Compare(person.NormalizedName, name) > 0 || (person.NormalizedName == name && person.Id > last));
#pragma warning restore CA1309
        }

        var rows = await WithRoles(context, people.OrderBy(person => person.NormalizedName).ThenBy(person => person.Id).Take(page.Size + 1)).ToListAsync(cancellationToken);
        if (rows.Count <= page.Size)
        {
            return new(rows, Next: null);
        }

        rows.RemoveAt(page.Size);
        return new(rows, KeysetToken.Make(question, $"{rows[^1].Person.Id} {rows[^1].Person.NormalizedName}"));
    }

    /// <returns>Null when there is no such person; one who was deleted is still there.</returns>
    public Task<PersonRow?> FindAsync(Ksuid id, CancellationToken cancellationToken)
        => database.ReadAsync(context => WithRoles(context, context.Set<Person>().Where(person => person.PublicId == id)).SingleOrDefaultAsync(cancellationToken));

    /// <returns>Null when nobody has that address.</returns>
    public Task<PersonRow?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = EmailAddress.Normalize(email);
        return database.ReadAsync(context => WithRoles(context, context.Set<Person>().Where(person => person.NormalizedEmail == normalized)).SingleOrDefaultAsync(cancellationToken));
    }

    private static IQueryable<Person> Where(PodiumContext context, PeopleFilter filter)
    {
        var people = context.Set<Person>().Where(person => person.DeletedAt == null);
        if (filter.Text is { Length: > 0 } text)
        {
            var normalized = EmailAddress.Normalize(text);
            people = people.Where(person => person.NormalizedName.Contains(normalized) || person.NormalizedEmail.Contains(normalized));
        }

        if (filter.Email is { Length: > 0 } email)
        {
            var normalized = EmailAddress.Normalize(email);
            people = people.Where(person => person.NormalizedEmail == normalized);
        }

        if (filter.Status is { } status)
        {
            people = people.Where(person => person.Status == status);
        }

        if (filter.Roles is { } roles && !roles.Contains(Role.BasicUser))
        {
            people = people.Where(person => context.Set<RoleHolding>().Any(holding => holding.PersonId == person.Id && roles.Contains(holding.Role)));
        }

        if (filter.Ids is { } ids)
        {
            people = people.Where(person => ids.Contains(person.PublicId));
        }

        return people;
    }

    private static IQueryable<PersonRow> WithRoles(PodiumContext context, IQueryable<Person> people) => people.Select(person => new PersonRow(
        person,
        context.Set<RoleHolding>().Where(holding => holding.PersonId == person.Id).OrderBy(holding => holding.Role).Select(holding => holding.Role).ToList()));
}

/// <param name="Text">Part of name or address.</param>
/// <param name="Email">The whole address.</param>
/// <param name="Roles">Who has one of these; null for no matter.</param>
/// <param name="Ids">Only these; null for no matter.</param>
internal sealed record PeopleFilter(
    string? Text = null, string? Email = null, PersonStatus? Status = null, IReadOnlyList<Role>? Roles = null, IReadOnlyList<Ksuid>? Ids = null)
{
    // What a page token is bound to.
    public override string ToString() => string.Join('\n', "people", Text, Email, Status, Joined(Roles), Joined(Ids));

    private static string Joined<T>(IReadOnlyList<T>? items) => items is null ? "all" : string.Join(' ', items);
}

/// <param name="Roles">Besides <see cref="Role.BasicUser"/>.</param>
internal sealed record PersonRow(Person Person, List<Role> Roles);

/// <param name="Next">The token of the next page; null at the end.</param>
internal sealed record PeoplePage(IReadOnlyList<PersonRow> Rows, string? Next);
