using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Connectors;
using Podium.Connectors.Lists;
using Podium.Data;
using Podium.Inventory.Lists;
using Podium.Look;
using Podium.People;
using Podium.SignIn;

namespace Podium.Search;

/// <summary>The field at the top: connectors, apps, people, accounts and entitlements, each only where the caller may see them.</summary>
internal static class SearchPages
{
    private const int OfEach = 8;

    public static void MapSearchPages(this WebApplication application) => application.MapGet("/search", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, Database database, ConnectorList connectors, PeopleList people, AccountList accounts, EntitlementList entitlements)
    {
        var end = context.RequestAborted;
        var caller = context.SignedInCaller();
        var text = context.Request.Query["q"].ToString().Trim();
        var found = new List<SearchHit>();
        if (text.Length > 0)
        {
            var apps = await database.ReadAsync(data => AppAccess.Seen(data, caller).ToListAsync(end));
            found.AddRange(apps.Where(app => app.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(OfEach)
                .Select(app => new SearchHit("App", app.DisplayName, "", $"/apps/{app.PublicId}")));
            if (caller.MayViewAll || ConnectorAccess.MayAdd(caller))
            {
                found.AddRange((await connectors.AllAsync(new() { Text = text }, end)).Take(OfEach)
                    .Select(row => new SearchHit("Connector", row.DisplayName, row.AppName, $"/connectors/{row.PublicId}")));
                found.AddRange((await people.PageAsync(new(text), new(OfEach + 2, null), end)).Rows
                    .Select(row => new SearchHit("Person", row.Person.DisplayName, row.Person.Email, $"/people?q={Uri.EscapeDataString(row.Person.Email)}")));
            }

            foreach (var app in apps)
            {
                found.AddRange((await accounts.PageAsync(new() { AppId = app.Id, Text = text }, new(OfEach), end)).Rows
                    .Select(row => new SearchHit("Account", row.DisplayName, $"{row.Login}, {app.DisplayName}", $"/apps/{app.PublicId}/accounts/{row.PublicId}")));
                found.AddRange((await entitlements.PageAsync(new() { AppId = app.Id, Text = text }, new(OfEach), end)).Rows
                    .Select(row => new SearchHit("Entitlement", row.DisplayName, $"{row.ResourceName}, {app.DisplayName}", $"/apps/{app.PublicId}/entitlements/{row.PublicId}")));
            }
        }

        return Page.Of<SearchPage, SearchModel>(new(text, found));
    }
}

internal sealed record SearchHit(string Kind, string Name, string Sub, string Href);

internal sealed record SearchModel(string Text, IReadOnlyList<SearchHit> Hits);
