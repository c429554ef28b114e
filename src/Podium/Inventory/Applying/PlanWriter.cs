using Baton.C1z.Reading;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>
/// Writes the differences that a comparison found, in the transaction of its caller. The file is read again for the rows that are new or another
/// version, so that a first sync is not in memory. May run more than once: a transaction that the database could not finish is tried again.
/// </summary>
internal sealed class PlanWriter(
    PodiumContext context, IBulkWriter bulk, SyncReader reader, InventorySnapshot stored, SyncComparison comparison, Sync sync, CancellationToken cancellationToken)
{
    private readonly Moment _at = sync.AsOf!.Value;

    public async Task WriteAsync(SyncDifference difference)
    {
        await WriteTypesAsync();
        var cause = difference.IsNothing && comparison.Grants.Orphans.Count == 0 && !HasHistory() ? 0 : await AddCauseAsync();
        var stamp = new RowStamp(stored.Connector.AppId, stored.Connector.Id, _at, cause);
        await WriteAsync(new ResourceWriting(stored, comparison), stamp);
        await WriteAsync(new AccountWriting(stored, new(reader.Run.Time)), stamp);
        await WriteAsync(new EntitlementWriting(stored), stamp);
        if (comparison.Grants.IsCompared)
        {
            await new GrantWriting(context, bulk, stored, comparison.Grants, stamp, cancellationToken).WriteAsync();
        }
    }

    // Mirrors are written and not counted.
    private bool HasHistory()
    {
        const RowMark Written = RowMark.New | RowMark.Returned | RowMark.Changed | RowMark.BecamePlaceholder | RowMark.Ended;
        return stored.Accounts.With(Written).Count > 0 || stored.Resources.With(Written).Count > 0 || stored.Entitlements.With(Written).Count > 0;
    }

    private async Task WriteTypesAsync()
    {
        foreach (var type in stored.Types)
        {
            type.Row = type.Id == 0 ? null : await context.FindAsync<AppResourceType>([type.Id], cancellationToken);
            var isNew = type.Row is null && type.IsSelected;
            if (isNew)
            {
                type.Row = new()
                {
                    AppId = stored.Connector.AppId,
                    ConnectorId = stored.Connector.Id,
                    ExternalId = type.ExternalId,
                    DisplayName = type.DisplayName,
                    IsPlaceholder = !type.IsInFile && !type.HasRows,
                    BegunAt = _at,
                };
                context.Add(type.Row);
            }

            if (type.Row is not { } row)
            {
                continue;
            }

            if (isNew || type.IsChanged)
            {
                (row.DisplayName, row.Description, row.Traits) = (type.DisplayName, type.Description, type.Traits);
                row.IsPlaceholder &= !type.IsInFile;
                row.DeletedAt = null;
                row.StaleSince = null;
            }

            row.StaleSince = type.IsOutOfScope ? _at : row.StaleSince;
            if (!type.IsSelected || type.IsMissingTwice)
            {
                row.DeletedAt ??= _at;
                row.StaleSince = null;
            }
        }

        await context.SaveChangesAsync(cancellationToken);
        foreach (var type in stored.Types)
        {
            type.Id = type.Row?.Id ?? type.Id;
        }
    }

    private async Task<long> AddCauseAsync()
    {
        var cause = new InventoryCause
        {
            ConnectorId = stored.Connector.Id,
            Kind = InventoryCauseKind.Sync,
            At = _at,
            NotBefore = stored.Connector.InventoryAsOf ?? _at,
            SyncId = sync.Id,
        };
        context.Add(cause);
        await context.SaveChangesAsync(cancellationToken);
        return cause.Id;
    }

    private async Task WriteAsync(IRowWriting writing, RowStamp stamp)
    {
        var rows = writing.Rows;
        await InsertAsync(writing, stamp);
        await KeepVersionsAsync(writing, stamp);
        await VisitAsync(
            writing,
            rows.With(RowMark.Changed | RowMark.Returned),
            write => bulk.UpdateAsync(writing.Update, write, cancellationToken),
            (IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string id) => writing.WriteUpdate(row, known, data, id, stamp));
        await VisitAsync(
            writing,
            rows.With(RowMark.Touched),
            write => bulk.UpdateAsync(writing.Touch, write, cancellationToken),
            (IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string _) => writing.WriteTouch(row, known, data));
        (string, long)[] numbers = [("@at", stamp.At.Microseconds), ("@cause", stamp.CauseId)];
        await OverAsync(
            IdsOf(rows, RowMark.BecamePlaceholder),
            // What is known of it stays; hashes of nothing make the next listing another version.
            $"UPDATE {writing.Insert.Name} SET is_placeholder = (@yes = 1), hash = {NoHash}, raw_hash = {NoHash}, since = @at, cause_id = @cause WHERE id {{ids}}",
            [.. numbers, ("@yes", 1)]);
        await OverAsync(
            IdsOf(rows, RowMark.Ended), $"UPDATE {writing.Insert.Name} SET deleted_at = @at, deleted_cause_id = @cause WHERE id {{ids}}", numbers);
    }

    private string NoHash => context is SqlitePodiumContext ? $"zeroblob({RowHash.Bytes})" : $"decode('{new string('0', 2 * RowHash.Bytes)}', 'hex')";

    private async Task InsertAsync(IRowWriting writing, RowStamp stamp)
    {
        var indexes = writing.Rows.With(RowMark.New);
        var ids = await bulk.ReserveAsync(writing.Insert.Name, indexes.Count, cancellationToken);
        for (var i = 0; i < indexes.Count; i++)
        {
            writing.Rows[indexes[i]].Id = ids[i];
        }

        if (writing.Rows == stored.Accounts)
        {
            await AccountSearchIndex.InsertAsync(context, ids, RunAsync, cancellationToken);
        }
        else
        {
            await RunAsync();
        }

        Task RunAsync() => VisitAsync(
            writing,
            indexes,
            write => bulk.InsertAsync(writing.Insert, write, cancellationToken),
            (IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string id) => writing.WriteInsert(row, known, data, id, stamp));
    }

    private async Task KeepVersionsAsync(IRowWriting writing, RowStamp stamp)
    {
        (string, long)[] numbers = [("@at", stamp.At.Microseconds), ("@cause", stamp.CauseId)];
        var (table, past, key, columns) = (writing.Insert.Name, writing.PastTable, writing.PastKey, writing.VersionColumns);
        await OverAsync(
            [.. IdsOf(writing.Rows, RowMark.Changed | RowMark.BecamePlaceholder)],
            $"INSERT INTO {past} ({key}, until, until_cause_id, {columns}) SELECT id, @at, @cause, {columns} FROM {table} WHERE id {{ids}}",
            numbers);
        if (writing.ReturnsAsTheSame)
        {
            await OverAsync(
                IdsOf(writing.Rows, RowMark.Returned),
                $"INSERT INTO {past} ({key}, until, until_cause_id, returned_at, returned_cause_id, {columns}) SELECT id, deleted_at, deleted_cause_id, @at, @cause, {columns} FROM {table} WHERE id {{ids}}",
                numbers);
        }
    }

    private async Task OverAsync(List<long> ids, string sql, IReadOnlyList<(string, long)> numbers)
    {
        if (ids.Count > 0)
        {
            await bulk.ExecuteAsync(sql, ids, numbers, cancellationToken);
        }
    }

    private static List<long> IdsOf(KnownRows rows, RowMark marks)
    {
        var ids = new List<long>();
        foreach (var index in rows.With(marks))
        {
            // What returns is no change of what was there.
            if (!rows[index].Is(RowMark.Returned) || (marks & RowMark.Returned) != RowMark.None)
            {
                ids.Add(rows[index].Id);
            }
        }

        return ids;
    }

    private delegate void RowWriter(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId);

    /// <summary>Reads the rows from the file, in its order, and then those that are in none.</summary>
    private async Task VisitAsync(IRowWriting writing, List<int> indexes, Func<Action<IBulkRow>, Task> run, RowWriter write)
    {
        if (indexes.Count == 0)
        {
            return;
        }

        var inFile = indexes.Where(index => writing.Rows[index].FileRow != 0).OrderBy(index => writing.Rows[index].FileRow).ToList();
        var numbers = inFile.ConvertAll(index => writing.Rows[index].FileRow);
        await run(row =>
        {
            var next = 0;
            reader.Visit(writing.FileTable, numbers, (in visited) =>
            {
                var id = writing.FileTable == StoredTable.Entitlements ? visited.ExternalId : visited.Id;
                write(row, writing.Rows[inFile[next++]], visited.Data, RowHash.Text(id));
            });
            foreach (var index in indexes.Where(index => writing.Rows[index].FileRow == 0))
            {
                write(row, writing.Rows[index], [], writing.Rows.NameOf(index).Id);
            }
        });
    }
}
