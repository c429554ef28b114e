using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Connectors;
using Podium.Data;
using Podium.Look;
using Podium.People;
using Podium.SignIn;

namespace Podium.Home;

internal static class HomePages
{
    public static void MapHomePages(this WebApplication application) => application.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, Database database)
    {
        var caller = context.SignedInCaller();
        var seesConnectors = caller.MayViewAll || caller.Is(Role.ConnectorAdministrator);
        var model = await database.ReadAsync(async data => new HomeModel
        {
            SeesConnectors = seesConnectors,
            MayAddConnectors = caller.Is(Role.ConnectorAdministrator) || caller.Is(Role.SuperAdministrator),
            SeesAudit = caller.MayViewAll,
            Connectors = seesConnectors ? await data.Set<Connector>().CountAsync(connector => connector.DeletedAt == null, context.RequestAborted) : 0,
            Apps = seesConnectors ? await data.Set<App>().CountAsync(app => app.DeletedAt == null, context.RequestAborted) : 0,
            People = seesConnectors ? await data.Set<Person>().CountAsync(person => person.DeletedAt == null, context.RequestAborted) : 0,
            WhoCanHelp = seesConnectors ? [] : await WhoCanHelp.NamesAsync(database, Role.ConnectorAdministrator, context.RequestAborted),
        });
        return Page.Of<HomePage, HomeModel>(model);
    }
}

internal sealed record HomeModel
{
    public required bool SeesConnectors { get; init; }

    public required bool MayAddConnectors { get; init; }

    public required bool SeesAudit { get; init; }

    public required long Connectors { get; init; }

    public required long Apps { get; init; }

    public required long People { get; init; }

    public required IReadOnlyList<string> WhoCanHelp { get; init; }
}
