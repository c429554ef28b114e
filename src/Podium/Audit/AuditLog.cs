using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Podium.Api;
using Podium.Data;
using Podium.People;

namespace Podium.Audit;

/// <summary>The audit log, the newest first.</summary>
internal sealed class AuditLog(Database database)
{
    private const int ExportSize = 1000;

    /// <exception cref="ApiException">The token is of another list.</exception>
    public async Task<AuditPage> PageAsync(AuditFilter filter, int size, string? token, CancellationToken cancellationToken)
    {
        var question = filter.ToString();
        var before = KeysetToken.Read(question, token) is { } key && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        await using var context = database.Open();
        var rows = Where(context, filter);
        if (before is not null)
        {
            rows = rows.Where(row => row.Id < before);
        }

        // The id follows the time closely enough, and is unique.
        var found = await (
            from row in rows.OrderByDescending(row => row.Id).Take(size + 1)
            join person in context.Set<Person>() on row.ActorId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby row.Id descending
            select new AuditEntry(row, person == null ? null : person.DisplayName)).ToListAsync(cancellationToken);
        if (found.Count <= size)
        {
            return new(found, Next: null);
        }

        found.RemoveAt(size);
        return new(found, KeysetToken.Make(question, found[^1].Row.Id.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>All of it, a part at a time.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await PageAsync(filter, ExportSize, token, cancellationToken);
            foreach (var entry in page.Rows)
            {
                yield return entry;
            }

            token = page.Next;
        }
        while (token is not null);
    }

    private static IQueryable<AuditRow> Where(PodiumContext context, AuditFilter filter)
    {
        IQueryable<AuditRow> rows = context.Set<AuditRow>();
        if (filter.Feature is { Length: > 0 } feature)
        {
            var prefix = feature + ".";
            rows = rows.Where(row => row.Kind.StartsWith(prefix) || row.Kind == feature);
        }

        if (filter.Text is { Length: > 0 } text)
        {
            rows = rows.Where(row => row.Kind.Contains(text) || row.SubjectId == text || row.Address == text
                || context.Set<Person>().Any(person => person.Id == row.ActorId && (person.DisplayName.Contains(text) || person.Email.Contains(text))));
        }

        if (filter.ActorKind is { } kind)
        {
            rows = rows.Where(row => row.ActorKind == kind);
        }

        if (filter.SubjectId is { } subject)
        {
            rows = rows.Where(row => row.SubjectId == subject);
        }

        if (filter.Until is { } until)
        {
            rows = rows.Where(row => row.At <= until);
        }

        return rows;
    }
}

/// <param name="Feature">The first part of the kind: <c>connector</c>, <c>sync</c>, <c>session</c>, ….</param>
/// <param name="Text">Part of the kind or of who did it, or the whole of a subject's id or an address.</param>
/// <param name="Until">Nothing later.</param>
internal sealed record AuditFilter(string? Feature = null, string? Text = null, ActorKind? ActorKind = null, string? SubjectId = null, Moment? Until = null)
{
    // What a page token is bound to.
    public override string ToString() => string.Join('\n', "audit", Feature, Text, ActorKind, SubjectId, Until);
}

/// <param name="ActorName">Null when it was no person, or one whose name is gone.</param>
internal sealed record AuditEntry(AuditRow Row, string? ActorName);

/// <param name="Next">The token of the next page; null at the end.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Rows, string? Next);
