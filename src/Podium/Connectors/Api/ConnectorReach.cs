using Podium.Api;
using Podium.Apps;
using Podium.Connectors.Lists;
using Podium.Data;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>The connector that a request names, if its caller may look at it; to others it is not there.</summary>
internal sealed class ConnectorReach(AppList apps, ConnectorList connectors)
{
    /// <summary>Of the app in the path. Who may look into the app sees all of its connectors; owners of connectors see theirs.</summary>
    /// <exception cref="ApiException">There is no such app or connector for this caller.</exception>
    public async Task<(AppRow App, ConnectorRow Connector)> OfAppAsync(HttpContext context, string appId, string id, CancellationToken cancellationToken, bool evenDeleted = false)
    {
        var caller = context.SignedInCaller();
        var app = await apps.FindAsync(caller, appId, cancellationToken);
        return Ksuid.TryParse(id, out var parsed)
            && await (evenDeleted ? connectors.FindEvenDeletedAsync(parsed, cancellationToken) : connectors.FindAsync(parsed, cancellationToken)) is { } row
            && row.AppId == app.App.Id
            && (SeesAllOf(app, caller) || row.IsOwnedBy(caller.PersonId))
            ? (app, row)
            : throw ApiException.NotFound("connector", id);
    }

    /// <exception cref="ApiException">There is no such app for this caller.</exception>
    public async Task<(AppRow App, IReadOnlyList<ConnectorRow> Connectors)> AllOfAppAsync(HttpContext context, string appId, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var app = await apps.FindAsync(caller, appId, cancellationToken);
        return (app, await connectors.AllAsync(new() { AppId = app.App.Id, OwnerId = SeesAllOf(app, caller) ? null : caller.PersonId }, cancellationToken));
    }

    /// <summary>By its id alone: for who administrates connectors or views everything, and its owners.</summary>
    /// <exception cref="ApiException">There is no such connector for this caller.</exception>
    public async Task<ConnectorRow> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var id = context.RouteText("id");
        return Ksuid.TryParse(id, out var parsed) && await connectors.FindAsync(parsed, cancellationToken) is { } row && (ConnectorAccess.MaySeeAll(caller) || row.IsOwnedBy(caller.PersonId))
            ? row
            : throw ApiException.NotFound("connector", id);
    }

    /// <summary>The same, for what its owners may do too.</summary>
    /// <exception cref="ApiException">There is no such connector for this caller.</exception>
    /// <exception cref="ForbiddenException">The caller may look only.</exception>
    public async Task<ConnectorRow> FindToChangeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var row = await FindAsync(context, cancellationToken);
        EnsureMayChange(context.SignedInCaller(), row);
        return row;
    }

    /// <exception cref="ForbiddenException">Neither the role nor an owner.</exception>
    public static void EnsureMayChange(Caller caller, ConnectorRow row)
    {
        if (!ConnectorAccess.MayAdd(caller) && !row.IsOwnedBy(caller.PersonId))
        {
            throw new ForbiddenException("A connector is changed by Connector Administrators and by those who own it.");
        }
    }

    /// <exception cref="ForbiddenException">Not the role: this is not for owners.</exception>
    public static void EnsureMayAdministrate(Caller caller)
    {
        if (!ConnectorAccess.MayAdd(caller))
        {
            throw new ForbiddenException("Who owns a connector is said by Connector Administrators.");
        }
    }

    private static bool SeesAllOf(AppRow app, Caller caller) => caller.Roles.Any(role => role != Role.BasicUser) || app.IsOwnedBy(caller.PersonId);
}
