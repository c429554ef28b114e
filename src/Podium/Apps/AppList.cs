using Microsoft.EntityFrameworkCore;
using Podium.Api;
using Podium.Data;
using Podium.Inventory;
using Podium.SignIn;

namespace Podium.Apps;

/// <summary>The apps that a caller may look at: all for who works with people or views everything, else those that the caller owns.</summary>
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
            : apps.Where(app => context.Set<AppOwner>().Any(owner => owner.AppId == app.Id && owner.PersonId == caller.PersonId));
    }

    private static IQueryable<AppRow> Rows(PodiumContext context, IQueryable<App> apps)
        => apps.Select(app => new AppRow(app, context.Set<AppAccount>().LongCount(account => account.AppId == app.Id && account.DeletedAt == null)));
}

/// <param name="Accounts">That it has now.</param>
internal sealed record AppRow(App App, long Accounts);
