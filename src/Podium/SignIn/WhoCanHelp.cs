using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>Whom to ask, where somebody is refused.</summary>
internal static class WhoCanHelp
{
    private const int Most = 3;

    /// <summary>Holders of <paramref name="role"/> before Super Administrators, by name.</summary>
    public static Task<List<string>> NamesAsync(Database database, Role? role, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var found = await (
            from holding in context.Set<RoleHolding>()
            join person in context.Set<Person>() on holding.PersonId equals person.Id
            where person.DeletedAt == null && person.Status == PersonStatus.Enabled && (holding.Role == role || holding.Role == Role.SuperAdministrator)
            orderby holding.Role == Role.SuperAdministrator, person.DisplayName
            select new { person.Id, person.DisplayName }).Take(2 * Most).ToListAsync(cancellationToken);
        return found.DistinctBy(person => person.Id).Take(Most).Select(person => person.DisplayName).ToList();
    });

    /// <summary>With a space before it; empty when there is nobody.</summary>
    public static async Task<string> SentenceAsync(Database database, Role? role, CancellationToken cancellationToken)
        => await NamesAsync(database, role, cancellationToken) switch
        {
            [] => "",
            [var one] => $" {one} can help.",
            [.. var some, var last] => $" {string.Join(", ", some)} and {last} can help.",
        };
}
