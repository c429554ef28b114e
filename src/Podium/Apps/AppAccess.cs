using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Connectors.Reading;
using Podium.Data;
using Podium.SignIn;

namespace Podium.Apps;

/// <summary>
/// Who may look into an app: who may view everything, who administrates connectors (and so has to see what they read), and its owners and those of
/// its connectors.
/// </summary>
internal sealed class AppAccess(Database database)
{
    public static bool MaySeeAll(Caller caller) => caller.MayViewAll || caller.Is(Role.ConnectorAdministrator);

    /// <exception cref="ForbiddenException">None of them.</exception>
    public async Task EnsureMaySeeAsync(Caller caller, long appId, CancellationToken cancellationToken)
    {
        if (!MaySeeAll(caller) && !await database.ReadAsync(context => Seen(context, caller).AnyAsync(app => app.Id == appId, cancellationToken)))
        {
            throw new ForbiddenException(
                "An app is for its owners and for administrators." + await WhoCanHelp.SentenceAsync(database, Role.ConnectorAdministrator, cancellationToken));
        }
    }

    /// <summary>The apps that are there and that <paramref name="caller"/> may see.</summary>
    public static IQueryable<App> Seen(PodiumContext context, Caller caller)
    {
        var apps = context.Set<App>().Where(app => app.DeletedAt == null);
        return MaySeeAll(caller) ? apps : apps.Where(app
            => context.Set<AppOwner>().Any(owner => owner.AppId == app.Id && owner.PersonId == caller.PersonId)
            || context.Set<Connector>().Any(connector => connector.AppId == app.Id && connector.DeletedAt == null
                && context.Set<ConnectorOwner>().Any(owner => owner.ConnectorId == connector.Id && owner.PersonId == caller.PersonId)));
    }
}
