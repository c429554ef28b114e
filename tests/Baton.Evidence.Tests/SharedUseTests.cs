using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Evidence.Access;
using Baton.Evidence.Findings;
using Baton.Evidence.Lists;
using Baton.Evidence.Reading;
using Baton.Evidence.Review;
using Baton.Evidence.Sheets;
using Baton.Evidence.Sorting;
using Baton.Evidence.Tests.Files;

namespace Baton.Evidence.Tests;

/// <summary>A server asks for the same lists of the same book in many requests at once; each must get what one alone gets.</summary>
public sealed class SharedUseTests
{
    private const int Requests = 16;

    [Fact]
    public async Task Lists_ManyAtOnce_AreThoseOfOneAlone()
    {
        using var temporary = TemporaryFile.WithGrants(users: 60, grants: 900);
        using var file = C1zFile.OpenRead(temporary.Path);
        var reader = file.Read(file.Syncs.LatestFinished(SyncType.Full)!);
        var book = AccessBook.Read(reader, new EvidenceOptions(), CancellationToken.None);
        var report = new ReviewReport { Book = book, Provenance = FileProvenance.Of(temporary.Path, reader.Run), Generated = book.AsOf, GrantsInFile = book.Rows.Count };
        Func<string>[] lists =
        [
            () => Write(FindingRows.Kind, FindingList.Of(book), SheetFormat.Csv),
            () => Write(FindingRows.Kind, FindingList.Of(book), SheetFormat.Json),
            () => Write(ResourceRows.Kind(reader.Run.Time), new JoinedRows(reader).Resources(new()), SheetFormat.Tsv),
            () => Grants(new JoinedRows(reader)),
            () => Review(report, ReviewFormat.Json),
            () => Review(report, ReviewFormat.Html),
        ];
        var alone = lists.Select(list => list()).ToArray();

        var together = await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => Task.Run(() => lists[i % lists.Length](), TestContext.Current.CancellationToken)));

        Assert.All(together.Index(), result => Assert.Equal(alone[result.Index % lists.Length], result.Item));
        Assert.All(alone, text => Assert.NotEmpty(text));
    }

    private static string Grants(JoinedRows rows) => Write(GrantRows.Kind(rows), rows.Grants(new()), SheetFormat.Csv);

    // Sorted by the last column, so that every row has been put aside and taken up again.
    private static string Write<T>(RowKind<T> kind, IEnumerable<T> rows, SheetFormat format)
    {
        var selection = new RowSelection<T>(kind, kind.MakeForm(), kind.Columns);
        var order = new RowOrder<T>(selection.Form, [new SortField<T>(kind.Columns[^1], IsDescending: true)]);
        using var output = new StringWriter();
        using var writer = selection.Writer(format, output);
        foreach (var row in order.Sort(rows, new C1zOptions(), CancellationToken.None))
        {
            writer.Write(row);
        }

        writer.End();
        return output.ToString();
    }

    private static string Review(ReviewReport report, ReviewFormat format)
    {
        using var output = new StringWriter();
        new ReviewWriter(report, new ReviewOptions { Csv = new(HasByteOrderMark: false, KeepFormulas: false) }, CancellationToken.None).Write(output, format);
        return output.ToString();
    }
}
