using System.Text;
using Baton.C1z.Sorting;
using Baton.C1z.Tests.Support;

namespace Baton.C1z.Tests.Sorting;

public sealed class RowSorterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void Rows_ManyInAnyOrder_ComeByTheBytesOfTheirKeys()
    {
        // More than the cache of the database has room for.
        const int rows = 20_000;
        var padding = new byte[200];
        using var sorter = new RowSorter(_folder.Options);
        for (var i = 0; i < rows; i++)
        {
            sorter.Add(BitConverter.GetBytes(i * 7919), padding);
        }

        var keys = sorter.Rows().Select(row => Convert.ToHexString(row.Key)).ToArray();

        Assert.Equal(rows, sorter.Count);
        Assert.Equal(Enumerable.Range(0, rows).Select(i => Convert.ToHexString(BitConverter.GetBytes(i * 7919))).Order(StringComparer.Ordinal), keys, StringComparer.Ordinal);
    }

    [Fact]
    public void Rows_OfOneKey_KeepTheirOrderEveryTime()
    {
        using var sorter = new RowSorter(_folder.Options);
        foreach (var text in new[] { "c", "a", "b" })
        {
            sorter.Add([1], Encoding.UTF8.GetBytes(text));
        }

        sorter.Add([0], []);

        Assert.Equal([[], [(byte)'c'], [(byte)'a'], [(byte)'b']], sorter.Rows().Select(row => row.Row));
        Assert.Equal(4, sorter.Rows().Count());
    }

    [Fact]
    public void Dispose_AfterRows_LeavesNothing()
    {
        using (var sorter = new RowSorter(_folder.Options))
        {
            sorter.Add([1], [2]);
            Assert.NotEmpty(Directory.EnumerateDirectories(_folder.Temporary));
        }

        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Constructor_TemporaryFolderIsNotThere_SaysWhichAndHowToChooseAnother()
    {
        var refusal = Assert.Throws<C1zException>(() => new RowSorter(new() { TemporaryFolder = _folder.In("nowhere") }));

        Assert.Equal(C1zError.NotWritable, refusal.Error);
        Assert.Contains("nowhere", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("BATON_TMPDIR", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
