using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.Lists;

/// <summary>What happened to a connector, from the audit log: what people did to it, and how its syncs ended.</summary>
internal sealed class ConnectorJournal(Database database)
{
    /// <summary>In the order in which it happened.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="after">Later than this id; null for the last <paramref name="count"/>.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<List<JournalLine>> LinesAsync(ConnectorRow connector, long? after, int count, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var rows = await RowsAsync(context, connector, count, cancellationToken);
        if (after is not null)
        {
            return await LinesAsync(context, rows.Where(row => row.Id > after).OrderBy(row => row.Id).Take(count), cancellationToken);
        }

        var last = await LinesAsync(context, rows.OrderByDescending(row => row.Id).Take(count), cancellationToken);
        last.Reverse();
        return last;
    });

    /// <summary>The latest first.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="before">Earlier than this id; null for the latest.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<List<JournalLine>> LatestAsync(ConnectorRow connector, long? before, int count, CancellationToken cancellationToken) => database.ReadAsync(async context
        => await LinesAsync(context, (await RowsAsync(context, connector, null, cancellationToken)).Where(row => before == null || row.Id < before).OrderByDescending(row => row.Id).Take(count), cancellationToken));

    // The ids of syncs stand in the log as texts, so that they are named one by one: of a page that shows the last lines, no more than it can show.
    private static async Task<IQueryable<AuditRow>> RowsAsync(PodiumContext context, ConnectorRow connector, int? syncs, CancellationToken cancellationToken)
    {
        var id = connector.PublicId.ToString();
        var all = context.Set<Sync>().Where(sync => sync.ConnectorId == connector.Id).OrderByDescending(sync => sync.Id).Select(sync => sync.PublicId);
        var syncIds = (await (syncs is { } most ? all.Take(most) : all).ToListAsync(cancellationToken)).ConvertAll(sync => sync.ToString());
        return context.Set<AuditRow>().Where(row => (row.SubjectKind == "connector" && row.SubjectId == id) || (row.SubjectKind == "sync" && syncIds.Contains(row.SubjectId!)));
    }

    private static async Task<List<JournalLine>> LinesAsync(PodiumContext context, IQueryable<AuditRow> rows, CancellationToken cancellationToken)
    {
        var lines = await rows.ToListAsync(cancellationToken);
        var ids = lines.Select(row => row.ActorId).OfType<long>().Distinct().ToList();
        var people = await context.Set<Person>().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancellationToken);
        return lines.ConvertAll(row => new JournalLine(
            row.Id, row.At, row.Kind, row.ActorKind, row.ActorId is { } actor ? people.GetValueOrDefault(actor) : null, row.SubjectKind, row.SubjectId, row.Details));
    }
}
