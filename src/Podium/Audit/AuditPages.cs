using Podium.Look;

namespace Podium.Audit;

internal static class AuditPages
{
    private const int PageSize = 50;

    private static readonly (string Key, string Text)[] Features =
        [("session", "Sign-in"), ("role", "Roles"), ("connector", "Connectors"), ("sync", "Syncs"), ("person", "People"), ("app", "Apps")];

    private static readonly IReadOnlyList<ListColumn<AuditEntry>> Columns =
    [
        new("what", "What", entry => entry.Row.Kind),
        new("when", "When", entry => entry.Row.At),
        new("who", "Who", entry => entry.ActorName ?? entry.Row.ActorKind.ToString()),
        new("about", "About", entry => entry.Row.SubjectKind is { } kind ? $"{kind} {entry.Row.SubjectId}" : null) { IsOptional = true },
        new("facts", "Facts", entry => entry.Row.Details) { IsOptional = true },
        new("address", "Address", entry => entry.Row.Address) { IsOptional = true },
        new("client", "Key", entry => entry.Row.ClientId) { IsOptional = true, IsExtra = true },
        new("number", "Number", entry => entry.Row.Id) { IsOptional = true, IsNumber = true, IsExtra = true },
    ];

    public static void AddAuditPages(this IServiceCollection services) => services.AddSingleton<AuditLog>();

    public static void MapAuditPages(this WebApplication application) => application.MapGet("/settings/audit", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, AuditLog log, Reader reader)
    {
        var address = PageAddress.Of(context.Request);
        var filter = new AuditFilter(
            address["feature"],
            address["q"],
            Enum.TryParse<ActorKind>(address["by"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
            address["subject"],
            reader.TryMoment(address[DataListKeys.AsOf], out var until) ? until : null);
        if (ListFile.Of(context, "audit", Columns, () => log.AllAsync(filter, context.RequestAborted)) is { } file)
        {
            return file;
        }

        var page = await log.PageAsync(filter, PageSize, address[PageAddress.Place], context.RequestAborted);
        return Page.Of<AuditLogPage, ListView<AuditEntry>>(new()
        {
            Address = address,
            Label = "Audit log",
            Columns = Columns,
            Rows = page.Rows,
            Total = page.Rows.Count == 0 ? "No entries" : page.Next is null && address[PageAddress.Place] is null ? Counted.Text(page.Rows.Count, "entry", "entries") : $"{page.Rows.Count} entries of this page, the newest first",
            Next = page.Next,
            SearchHint = "Who, what, an id or an address",
            Chips =
            [
                .. Features.Select(feature => new FilterChip(
                    feature.Text, address.With("feature", address["feature"] == feature.Key ? null : feature.Key), address["feature"] == feature.Key)),
                new("By people", address.With("by", filter.ActorKind == ActorKind.Person ? null : "person"), filter.ActorKind == ActorKind.Person),
                new("Refused", address.With("by", filter.ActorKind == ActorKind.Stranger ? null : "stranger"), filter.ActorKind == ActorKind.Stranger),
                .. filter.SubjectId is { } subject ? [new FilterChip($"About {subject}", address.With("subject", null), IsCurrent: true)] : Array.Empty<FilterChip>(),
            ],
            HasAsOf = true,
            AsOf = filter.Until,
        });
    }
}
