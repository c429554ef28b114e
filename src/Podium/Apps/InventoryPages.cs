using Baton.Evidence.Accounts;
using System.Runtime.CompilerServices;
using Podium.Inventory;
using Podium.Inventory.Lists;
using Podium.Look;

namespace Podium.Apps;

/// <summary>The lists of an app: accounts, entitlements, resources, changes; each as it is, or as it was at any moment.</summary>
internal static class InventoryPages
{
    private const int PageSize = 50;
    private const int ExportSize = ListRequest.Largest;

    private static readonly IReadOnlyList<ListColumn<AccountView>> AccountColumns =
    [
        new("account", "Account", row => row.Account.DisplayName) { IsSortable = true },
        new("login", "Login", row => row.Account.Login) { IsExtra = true },
        new("email", "E-mail", row => row.Account.Email) { IsExtra = true, IsOptional = true },
        new("status", "Status", row => InventoryWords.Of(row.Account.Status)) { IsOptional = true },
        new("holds", "Holds", row => string.Join("; ", row.Grants.Select(grant => $"{grant.EntitlementName} {grant.ResourceName}"))),
        new("grants", "Grants", row => row.Account.Grants) { IsExtra = true, IsNumber = true },
        new("last_seen", "Last seen", row => row.Account.LastSeenQuality == LastSeenQuality.Observed ? row.Account.LastSeenAt : InventoryWords.Of(row.Account.LastSeenQuality)) { IsOptional = true },
        new("kind", "Kind", row => InventoryWords.Of(row.Account.Kind)) { IsOptional = true },
        new("flags", "Flags", row => string.Join("; ", AccountFlags.Of(row.Account).Select(flag => flag.Text))) { IsOptional = true },
        new("created", "Created there", row => row.Account.SourceCreatedAt) { IsExtra = true, IsOptional = true },
        new("external_id", "Id there", row => row.Account.ExternalId) { IsExtra = true, IsOptional = true },
        new("id", "Id", row => row.Account.PublicId.ToString()) { IsExtra = true, IsOptional = true },
    ];

    private static readonly IReadOnlyList<ListColumn<EntitlementRow>> EntitlementColumns =
    [
        new("entitlement", "Entitlement", row => row.DisplayName) { IsSortable = true },
        new("resource", "On", row => row.ResourceName),
        new("type", "Type", row => row.TypeName) { IsOptional = true },
        new("privileged", "Privileged", row => row.IsPrivileged) { IsOptional = true },
        new("holders", "Holders", row => row.Holders) { IsNumber = true },
        new("purpose", "Purpose", row => row.Purpose) { IsOptional = true, IsExtra = true },
        new("description", "Description", row => row.Description) { IsOptional = true, IsExtra = true },
        new("since", "Known since", row => row.BegunAt) { IsOptional = true, IsExtra = true },
        new("external_id", "Id there", row => row.ExternalId) { IsOptional = true, IsExtra = true },
        new("id", "Id", row => row.PublicId.ToString()) { IsOptional = true, IsExtra = true },
    ];

    private static readonly IReadOnlyList<ListColumn<ResourceRow>> ResourceColumns =
    [
        new("resource", "Resource", row => row.DisplayName) { IsSortable = true },
        new("type", "Type", row => row.TypeName),
        new("parent", "In", row => row.ParentName) { IsOptional = true },
        new("entitlements", "Entitlements", row => row.Entitlements) { IsNumber = true },
        new("expires", "Secret ends", row => row.SecretExpiresAt) { IsOptional = true },
        new("last_used", "Secret used", row => row.SecretLastUsedAt) { IsOptional = true, IsExtra = true },
        new("since", "Known since", row => row.BegunAt) { IsOptional = true },
        new("external_id", "Id there", row => row.ExternalId) { IsOptional = true, IsExtra = true },
        new("id", "Id", row => row.PublicId.ToString()) { IsOptional = true, IsExtra = true },
    ];

    private static readonly IReadOnlyList<ListColumn<ChangeRow>> ChangeColumns =
    [
        new("change", "Change", row => $"{row.AccountName} {ChangeWords.Verb(row.Kind)} {row.EntitlementName} {row.ResourceName}".Trim()),
        new("fields", "From and to", row => ChangeWords.Of(row.Fields)),
        new("at", "Seen", row => row.At),
        new("not_before", "Not before", row => row.NotBefore) { IsOptional = true },
        new("kind", "Kind", row => row.Kind.ToString()) { IsExtra = true },
        new("cause", "How", row => InventoryWords.Of(row.CauseKind)) { IsOptional = true },
        new("account", "Account", row => row.AccountName) { IsExtra = true },
        new("login", "Login", row => row.Login) { IsExtra = true },
        new("entitlement", "Entitlement", row => row.EntitlementName) { IsExtra = true },
        new("resource", "Resource", row => row.ResourceName) { IsExtra = true },
    ];

    public static void MapInventoryPages(this WebApplication application)
    {
        application.MapGet("/apps/{app}/accounts", AccountsAsync);
        application.MapGet("/apps/{app}/entitlements", EntitlementsAsync);
        application.MapGet("/apps/{app}/resources", ResourcesAsync);
        application.MapGet("/apps/{app}/changes", ChangesAsync);
    }

    private static async Task<IResult> AccountsAsync(string app, HttpContext context, AppPageLoader loader, AccountList accounts, GrantList grants, Reader reader)
    {
        if (await loader.FindAsync(app, AppTab.Accounts, context) is not { } model)
        {
            return Results.NotFound();
        }

        var address = PageAddress.Of(context.Request);
        var filter = new AccountFilter
        {
            AppId = model.App.Id,
            AsOf = AsOf(address, reader),
            Text = address["q"],
            Status = address["status"] switch { "disabled" => AccountStatus.Disabled, "enabled" => AccountStatus.Enabled, "unknown" => AccountStatus.Unknown, _ => null },
            Kind = address["kind"] switch { "human" => AccountKind.Human, "service" => AccountKind.Service, "system" => AccountKind.System, "group" => AccountKind.Group, _ => null },
            LastSeen = address["seen"] switch { "never" => LastSeenQuality.Never, "unknown" => LastSeenQuality.Unknown, "observed" => LastSeenQuality.Observed, _ => null },
            IsAdministrator = address["admin"] == "yes" ? true : null,
            Descending = address["sort"] == "-account",
        };
        if (ListFile.Of(context, "accounts", AccountColumns, () => AllAsync(PageAsync, context.RequestAborted)) is { } file)
        {
            return file;
        }

        var page = await PageAsync(new(PageSize, address[PageAddress.Place]), context.RequestAborted);
        context.Give(model);
        return Page.Of<AccountsPage, ListView<AccountView>>(View(model, address, filter.AsOf, page, AccountColumns, "Accounts", "account", "Name, login, e-mail or id", "account",
        [
            Chip("Administrators", "admin", "yes"),
            Chip("Disabled", "status", "disabled"),
            Chip("People", "kind", "human"),
            Chip("Machines", "kind", "service"),
            Chip("Never signed in", "seen", "never"),
            Chip("Last seen unknown", "seen", "unknown"),
        ]));

        FilterChip Chip(string text, string key, string value) => InventoryPages.Chip(address, text, key, value);

        async Task<ListPage<AccountView>> PageAsync(ListRequest request, CancellationToken cancellationToken)
        {
            var found = await accounts.PageAsync(filter, request, cancellationToken);
            var held = await grants.OfAccountsAsync([.. found.Rows.Select(row => row.Id)], filter.AsOf, cancellationToken);
            return new([.. found.Rows.Select(row => new AccountView(row, [.. held[row.Id]]))], found.Next, found.Previous, found.Count);
        }
    }

    private static async Task<IResult> EntitlementsAsync(string app, HttpContext context, AppPageLoader loader, EntitlementList entitlements, ResourceTypeList types, ResourceList resources, Reader reader)
    {
        if (await loader.FindAsync(app, AppTab.Entitlements, context) is not { } model)
        {
            return Results.NotFound();
        }

        var end = context.RequestAborted;
        var address = PageAddress.Of(context.Request);
        var known = await types.OfAppAsync(model.App.Id, end);
        var filter = new EntitlementFilter
        {
            AppId = model.App.Id,
            AsOf = AsOf(address, reader),
            Text = address["q"],
            TypeId = TypeOf(address, known)?.Id,
            ResourceId = InventoryId.TryParse(InventoryKind.Resource, address["resource"], out var resourceId) ? resourceId : null,
            IsPrivileged = address["privileged"] == "yes" ? true : null,
            Descending = address["sort"] == "-entitlement",
        };
        if (ListFile.Of(context, "entitlements", EntitlementColumns, () => AllAsync((request, cancel) => entitlements.PageAsync(filter, request, cancel), end)) is { } file)
        {
            return file;
        }

        var page = await entitlements.PageAsync(filter, new(PageSize, address[PageAddress.Place]), end);
        var resource = filter.ResourceId is { } id ? await resources.FindAsync(id, null, end) : null;
        context.Give(model);
        return Page.Of<EntitlementsPage, ListView<EntitlementRow>>(View(model, address, filter.AsOf, page, EntitlementColumns, "Entitlements", "entitlement", "Name or resource", "entitlement",
        [
            .. resource is null ? Array.Empty<FilterChip>() : [new($"On {Plain.Text(resource.DisplayName)}", address.With("resource", null), IsCurrent: true)],
            Chip(address, "Privileged", "privileged", "yes"),
            .. TypeChips(address, known),
        ]));
    }

    private static async Task<IResult> ResourcesAsync(string app, HttpContext context, AppPageLoader loader, ResourceList resources, ResourceTypeList types, Reader reader)
    {
        if (await loader.FindAsync(app, AppTab.Resources, context) is not { } model)
        {
            return Results.NotFound();
        }

        var end = context.RequestAborted;
        var address = PageAddress.Of(context.Request);
        var known = await types.OfAppAsync(model.App.Id, end);
        var filter = new ResourceFilter
        {
            AppId = model.App.Id,
            AsOf = AsOf(address, reader),
            Text = address["q"],
            TypeId = TypeOf(address, known)?.Id,
            Descending = address["sort"] == "-resource",
        };
        if (ListFile.Of(context, "resources", ResourceColumns, () => AllAsync((request, cancel) => resources.PageAsync(filter, request, cancel), end)) is { } file)
        {
            return file;
        }

        var page = await resources.PageAsync(filter, new(PageSize, address[PageAddress.Place]), end);
        context.Give(model);
        return Page.Of<ResourcesPage, ListView<ResourceRow>>(
            View(model, address, filter.AsOf, page, ResourceColumns, "Resources", "resource", "Name or id", "resource", [.. TypeChips(address, known)]));
    }

    private static async Task<IResult> ChangesAsync(string app, HttpContext context, AppPageLoader loader, ChangeList changes, Reader reader)
    {
        if (await loader.FindAsync(app, AppTab.Changes, context) is not { } model)
        {
            return Results.NotFound();
        }

        var end = context.RequestAborted;
        var address = PageAddress.Of(context.Request);
        var filter = new ChangeFilter
        {
            AppId = model.App.Id,
            Kinds = address["what"] switch
            {
                "gained" => [InventoryChangeKind.GrantBegun],
                "lost" => [InventoryChangeKind.GrantEnded],
                "accounts" => [InventoryChangeKind.AccountBegun, InventoryChangeKind.AccountChanged, InventoryChangeKind.AccountEnded],
                "things" =>
                [
                    InventoryChangeKind.EntitlementBegun, InventoryChangeKind.EntitlementChanged, InventoryChangeKind.EntitlementEnded, InventoryChangeKind.EntitlementReturned,
                    InventoryChangeKind.ResourceBegun, InventoryChangeKind.ResourceChanged, InventoryChangeKind.ResourceEnded, InventoryChangeKind.ResourceReturned,
                ],
                _ => [],
            },
            // "As of" includes its own moment.
            Until = AsOf(address, reader) is { } until ? new(until.Microseconds + 1) : null,
        };
        if (ListFile.Of(context, "changes", ChangeColumns, () => AllAsync((request, cancel) => changes.PageAsync(filter, request, cancel), end)) is { } file)
        {
            return file;
        }

        var page = await changes.PageAsync(filter, new(PageSize, address[PageAddress.Place]), end);
        context.Give(model);
        return Page.Of<ChangesPage, ListView<ChangeRow>>(View(model, address, AsOf(address, reader), page, ChangeColumns, "Changes", "change", null, null,
        [
            Chip(address, "Access gained", "what", "gained"),
            Chip(address, "Access lost", "what", "lost"),
            Chip(address, "Accounts", "what", "accounts"),
            Chip(address, "Resources and entitlements", "what", "things"),
        ]));
    }

    public static ListView<TRow> View<TRow>(
        AppPageModel model,
        PageAddress address,
        Podium.Data.Moment? asOf,
        ListPage<TRow> page,
        IReadOnlyList<ListColumn<TRow>> columns,
        string title,
        string noun,
        string? searchHint,
        string? sort,
        IReadOnlyList<FilterChip> chips) => new()
        {
            Address = address,
            Label = $"{title} of {Plain.Text(model.App.DisplayName)}",
            Columns = columns,
            Rows = page.Rows,
            Total = page.Count.IsMore ? $"{page.Count} {noun}s" : Counted.Text(page.Count.Number, noun),
            Next = page.Next,
            Previous = page.Previous,
            SearchHint = searchHint,
            Chips = chips,
            HasAsOf = true,
            AsOf = asOf,
            DefaultSort = sort,
        };

    /// <summary>Every row of a list, a large page at a time.</summary>
    public static async IAsyncEnumerable<TRow> AllAsync<TRow>(
        Func<ListRequest, CancellationToken, Task<ListPage<TRow>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await read(new(ExportSize, token), cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            token = page.Next;
        }
        while (token is not null);
    }

    public static Podium.Data.Moment? AsOf(PageAddress address, Reader reader) => reader.TryMoment(address[DataListKeys.AsOf], out var moment) ? moment : null;

    private static FilterChip Chip(PageAddress address, string text, string key, string value)
        => new(text, address.With(key, address[key] == value ? null : value), address[key] == value);

    private static IEnumerable<FilterChip> TypeChips(PageAddress address, List<ResourceTypeRow> types)
        => types.Count < 2 ? [] : types.Select(type => Chip(address, Plain.Text(type.DisplayName), "type", type.ExternalId));

    private static ResourceTypeRow? TypeOf(PageAddress address, List<ResourceTypeRow> types)
        => types.Find(type => type.ExternalId == address["type"]);
}

/// <param name="Grants">What it holds, the most privileged first; not all of it when that is much.</param>
internal sealed record AccountView(AccountRow Account, IReadOnlyList<GrantRow> Grants);
