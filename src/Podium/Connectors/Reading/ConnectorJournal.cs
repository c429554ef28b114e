using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.Reading;

/// <summary>What happened to a connector: what people did to it, and how its syncs ended.</summary>
internal sealed class ConnectorJournal(Database database)
{
    /// <summary>The newest first.</summary>
    public Task<List<SyncRow>> SyncsAsync(long connectorId, int count, CancellationToken cancellationToken) => database.ReadAsync(async context
        => (await context.Set<Sync>().Where(sync => sync.ConnectorId == connectorId).OrderByDescending(sync => sync.Id).Take(count).ToListAsync(cancellationToken))
            .ConvertAll(SyncRow.Of));

    /// <summary>The last lines, the oldest first; with <paramref name="after"/> only those of audit rows after it.</summary>
    public Task<List<JournalLine>> LinesAsync(ConnectorRow connector, long? after, int count, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var id = connector.PublicId.ToString();
        var syncs = context.Set<Sync>().Where(sync => sync.ConnectorId == connector.Id).OrderByDescending(sync => sync.Id).Take(count);
        var syncIds = (await syncs.Select(sync => sync.PublicId).ToListAsync(cancellationToken)).ConvertAll(sync => sync.ToString());
        var rows = await (
            from row in context.Set<AuditRow>()
            where (row.SubjectKind == "connector" && row.SubjectId == id) || (row.SubjectKind == "sync" && syncIds.Contains(row.SubjectId!))
            where after == null || row.Id > after
            orderby row.Id descending
            join person in context.Set<Person>() on row.ActorId equals person.Id into people
            from person in people.DefaultIfEmpty()
            select new { Row = row, Name = person == null ? null : person.DisplayName }).Take(count).ToListAsync(cancellationToken);
        rows.Reverse();
        return rows.ConvertAll(found => new JournalLine(found.Row.Id, found.Row.At, LevelOf(found.Row.Kind), Text(found.Row, found.Name)));
    });

    private static JournalLevel LevelOf(string kind)
        => kind.EndsWith("failing", StringComparison.Ordinal) || kind.EndsWith("failed", StringComparison.Ordinal) || kind.EndsWith("rejected", StringComparison.Ordinal) ? JournalLevel.Error
        : kind.EndsWith("held", StringComparison.Ordinal) || kind.EndsWith("superseded", StringComparison.Ordinal) ? JournalLevel.Warning
        : JournalLevel.Information;

    private static string Text(AuditRow row, string? name)
    {
        var who = row.ActorKind switch
        {
            ActorKind.Person => name ?? "a person who is gone",
            ActorKind.Connector => "the connector",
            ActorKind.Operator => "whoever runs the server",
            _ => "Podium",
        };
        var facts = AuditWords.Facts(row.Details);
        return $"{AuditWords.Of(row.Kind)} by {who}{(facts.Count == 0 ? "" : ": ")}{string.Join("; ", facts.Select(fact => $"{fact.Name} {fact.Value}"))}";
    }
}

internal enum JournalLevel
{
    Information,
    Warning,
    Error,
}

internal sealed record JournalLine(long Id, Moment At, JournalLevel Level, string Text);
