using Baton.Evidence.Accounts;
using System.Text.Json;
using Podium.Inventory;
using Podium.Inventory.Lists;
using Podium.Look;

namespace Podium.Apps;

/// <summary>One account and one entitlement: what it holds or who holds it, as it is or was, and what changed.</summary>
internal static class InventoryDetailPages
{
    private const int PageSize = 50;
    private const int ShownChanges = 12;

    private static readonly IReadOnlyList<ListColumn<GrantRow>> HeldColumns =
    [
        new("entitlement", "Holds", row => row.EntitlementName) { IsSortable = true },
        new("resource", "On", row => row.ResourceName),
        new("since", "Since", row => row.HeldSince),
        new("how", "How it came", How) { IsOptional = true },
        new("not_before", "Not seen before", row => row.NotBefore) { IsExtra = true, IsOptional = true },
        new("type", "Type", row => row.Type) { IsExtra = true, IsOptional = true },
    ];

    private static readonly IReadOnlyList<ListColumn<GrantRow>> HolderColumns =
    [
        new("account", "Account", row => row.AccountName) { IsSortable = true },
        new("status", "Status", row => InventoryWords.Of(row.Status)) { IsOptional = true },
        new("since", "Since", row => row.HeldSince),
        new("how", "How it came", How) { IsOptional = true },
        new("last_seen", "Last seen", row => row.LastSeenQuality == LastSeenQuality.Observed ? row.LastSeenAt : InventoryWords.Of(row.LastSeenQuality)) { IsOptional = true },
        new("not_before", "Not seen before", row => row.NotBefore) { IsExtra = true, IsOptional = true },
        new("login", "Login", row => row.Login) { IsExtra = true, IsOptional = true },
        new("email", "E-mail", row => row.Email) { IsExtra = true, IsOptional = true },
    ];

    public static void MapInventoryDetailPages(this WebApplication application)
    {
        application.MapGet("/apps/{app}/accounts/{account}", AccountAsync);
        application.MapGet("/apps/{app}/entitlements/{entitlement}", EntitlementAsync);
    }

    public static string How(GrantRow row)
        => (row.IsInherited ? $"through {string.Join(", ", row.Sources)}" : "directly")
            + (row.CauseKind == InventoryCauseKind.Task ? ", by a task" : "")
            + (row.IsUnseen ? ", not yet seen by a sync" : "")
            + (row.IsImmutable ? ", cannot be taken away from here" : "");

    private static async Task<IResult> AccountAsync(
        string app, string account, HttpContext context, AppPageLoader loader, AccountList accounts, GrantList grants, ChangeList changes, Reader reader)
    {
        var end = context.RequestAborted;
        var address = PageAddress.Of(context.Request);
        var asOf = InventoryPages.AsOf(address, reader);
        if (await loader.FindAsync(app, AppTab.Accounts, context) is not { } model
            || !InventoryId.TryParse(InventoryKind.Account, account, out var id)
            || (await accounts.FindAsync(id, asOf, end) ?? await accounts.FindAsync(id, null, end)) is not { } found
            || found.AppId != model.App.Id)
        {
            return Results.NotFound();
        }

        var filter = new GrantFilter { AppId = model.App.Id, AccountId = id, AsOf = asOf, Text = address["q"], Descending = address["sort"] == "-entitlement" };
        if (ListFile.Of(context, "access", HeldColumns, () => InventoryPages.AllAsync((request, cancel) => grants.PageAsync(filter, request, cancel), end)) is { } file)
        {
            return file;
        }

        var page = await grants.PageAsync(filter, new(PageSize, address[PageAddress.Place]), end);
        context.Give(model);
        return Page.Of<AccountPage, AccountModel>(new()
        {
            Account = found,
            Profile = ProfileOf(found.Profile),
            Held = InventoryPages.View(model, address, asOf, page, HeldColumns, $"What {Plain.Text(found.DisplayName)} holds", "grant", "Entitlement", "entitlement", []),
            Changes = (await changes.PageAsync(new() { AppId = model.App.Id, AccountId = id }, new(ShownChanges), end)).Rows,
        });
    }

    private static async Task<IResult> EntitlementAsync(
        string app, string entitlement, HttpContext context, AppPageLoader loader, EntitlementList entitlements, GrantList grants, ChangeList changes, Reader reader)
    {
        var end = context.RequestAborted;
        var address = PageAddress.Of(context.Request);
        var asOf = InventoryPages.AsOf(address, reader);
        if (await loader.FindAsync(app, AppTab.Entitlements, context) is not { } model
            || !InventoryId.TryParse(InventoryKind.Entitlement, entitlement, out var id)
            || (await entitlements.FindAsync(id, asOf, end) ?? await entitlements.FindAsync(id, null, end)) is not { } found
            || found.AppId != model.App.Id)
        {
            return Results.NotFound();
        }

        var filter = new GrantFilter { AppId = model.App.Id, EntitlementId = id, AsOf = asOf, Text = address["q"], Descending = address["sort"] == "-account" };
        if (ListFile.Of(context, "holders", HolderColumns, () => InventoryPages.AllAsync((request, cancel) => grants.PageAsync(filter, request, cancel), end)) is { } file)
        {
            return file;
        }

        var page = await grants.PageAsync(filter, new(PageSize, address[PageAddress.Place]), end);
        context.Give(model);
        return Page.Of<EntitlementPage, EntitlementModel>(new()
        {
            Entitlement = found,
            Holders = InventoryPages.View(model, address, asOf, page, HolderColumns, $"Holders of {Plain.Text(found.DisplayName)}", "holder", "Account, login or e-mail", "account", []),
            Changes = (await changes.PageAsync(new() { AppId = model.App.Id, EntitlementId = id }, new(ShownChanges), end)).Rows,
        });
    }

    /// <summary>What the connector tells besides, one line a member; what is nested stays JSON.</summary>
    private static IReadOnlyList<(string Key, string Value)> ProfileOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Object
            ? []
            : [.. document.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.ToString())).Where(member => member.Item2.Length > 0)];
    }
}

internal sealed record AccountModel
{
    public required AccountRow Account { get; init; }

    public required IReadOnlyList<(string Key, string Value)> Profile { get; init; }

    public required ListView<GrantRow> Held { get; init; }

    public required IReadOnlyList<ChangeRow> Changes { get; init; }
}

internal sealed record EntitlementModel
{
    public required EntitlementRow Entitlement { get; init; }

    public required ListView<GrantRow> Holders { get; init; }

    public required IReadOnlyList<ChangeRow> Changes { get; init; }
}
