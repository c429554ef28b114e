using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Lists;
using Podium.Data;
using Podium.Inventory.Lists;
using Podium.People;
using Podium.SignIn;

namespace Podium.Apps;

/// <summary>What every page of an app begins with: the app, if the caller may see it.</summary>
internal sealed class AppPageLoader(Database database, AppAccess access, ConnectorList connectors, InventoryCounts counts)
{
    /// <returns>Null when there is no such app.</returns>
    /// <exception cref="ForbiddenException">The caller may not see it.</exception>
    public async Task<AppPageModel?> FindAsync(string id, AppTab tab, HttpContext context)
    {
        var end = context.RequestAborted;
        var app = Ksuid.TryParse(id, out var publicId)
            ? await database.ReadAsync(data => data.Set<App>().SingleOrDefaultAsync(each => each.PublicId == publicId && each.DeletedAt == null, end))
            : null;

        // Who may see no app is not told which there are.
        await access.EnsureMaySeeAsync(context.SignedInCaller(), app?.Id ?? 0, end);
        return app is null ? null : new()
        {
            App = app,
            Tab = tab,
            Connectors = await connectors.AllAsync(new ConnectorFilter { AppId = app.Id }, end),
            Owners = await OwnersAsync(app.Id, end),
            Counts = await counts.OfAppAsync(app.Id, null, end),
        };
    }

    private Task<List<string>> OwnersAsync(long appId, CancellationToken cancellationToken) => database.ReadAsync(context => (
        from owner in context.Set<AppOwner>()
        join person in context.Set<Person>() on owner.PersonId equals person.Id
        where owner.AppId == appId
        orderby person.DisplayName
        select person.DisplayName).ToListAsync(cancellationToken));
}
