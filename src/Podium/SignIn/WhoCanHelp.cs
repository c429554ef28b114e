using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.People;
using Podium.SignIn.Access;

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

    /// <summary>Who holds a role that this endpoint is for; Super Administrators where that says nothing.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(HttpContext context)
    {
        var rule = context.GetEndpoint() is RouteEndpoint endpoint ? AccessTable.Find(context.Request.Method, AccessGate.Route(endpoint)) : null;
        return await NamesAsync(context.RequestServices.GetRequiredService<Database>(), RoleFor(rule), context.RequestAborted);
    }

    private static Role? RoleFor(AccessRule? rule) => rule is null
        ? null
        : Enum.GetValues<Role>().Where(role => role is not (Role.BasicUser or Role.ReadOnlyAdministrator or Role.SuperAdministrator) && rule.Who.Roles.Contains(role))
            .Select(role => (Role?)role).FirstOrDefault();

    /// <summary>With a space before it; empty when there is nobody.</summary>
    public static async Task<string> SentenceAsync(Database database, Role? role, CancellationToken cancellationToken)
        => await NamesAsync(database, role, cancellationToken) switch
        {
            [] => "",
            [var one] => $" {one} can help.",
            [.. var some, var last] => $" {string.Join(", ", some)} and {last} can help.",
        };
}
