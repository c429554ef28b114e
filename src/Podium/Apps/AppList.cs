using Microsoft.EntityFrameworkCore;
using Podium.Api;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using Podium.People;
using Podium.SignIn;

namespace Podium.Apps;

/// <summary>The apps that a caller may look at: all for who works with people or views everything, else those that the caller owns, or a connector of them.</summary>
internal sealed class AppList(Database database)
{
    /// <summary>By name. There are hundreds at most, so that they are read whole.</summary>
    public async Task<IReadOnlyList<AppRow>> AllAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return [.. (await Rows(context, Reach(context, caller)).ToListAsync(cancellationToken)).OrderBy(row => SearchableText.Of(row.App.DisplayName), StringComparer.Ordinal).ThenBy(row => row.App.Id)];
    }

    /// <exception cref="ApiException">There is no such app for this caller.</exception>
    public async Task<AppRow> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return Ksuid.TryParse(id, out var parsed) && await Rows(context, Reach(context, caller).Where(app => app.PublicId == parsed)).SingleOrDefaultAsync(cancellationToken) is { } row
            ? row
            : throw ApiException.NotFound("app", id);
    }

    private static IQueryable<App> Reach(PodiumContext context, Caller caller)
    {
        var apps = context.Set<App>().Where(app => app.DeletedAt == null);
        return caller.Roles.Any(role => role != Role.BasicUser)
            ? apps
            : apps.Where(app => context.Set<AppOwner>().Any(owner => owner.AppId == app.Id && owner.PersonId == caller.PersonId)
                || context.Set<Connector>().Any(connector => connector.AppId == app.Id && connector.DeletedAt == null
                    && context.Set<ConnectorOwner>().Any(owner => owner.ConnectorId == connector.Id && owner.PersonId == caller.PersonId)));
    }

    private static IQueryable<AppRow> Rows(PodiumContext context, IQueryable<App> apps)
        => apps.Select(app => new AppRow(
        app,
        context.Set<AppAccount>().LongCount(account => account.AppId == app.Id && account.DeletedAt == null),
        context.Set<AppOwner>().Where(owner => owner.AppId == app.Id)
            .Join(context.Set<Person>(), owner => owner.PersonId, person => person.Id, (_, person) => person)
            .OrderBy(person => person.DisplayName).ThenBy(person => person.Id)
            .Select(person => new PersonRow(
                person,
                context.Set<RoleHolding>().Where(holding => holding.PersonId == person.Id).OrderBy(holding => holding.Role).Select(holding => holding.Role).ToList()))
            .ToList()));
}

/// <param name="Accounts">That it has now.</param>
/// <param name="Owners">By name.</param>
internal sealed record AppRow(App App, long Accounts, List<PersonRow> Owners)
{
    public bool IsOwnedBy(long personId) => Owners.Exists(owner => owner.Person.Id == personId);
}
