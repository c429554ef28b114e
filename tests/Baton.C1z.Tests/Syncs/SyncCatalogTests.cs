using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;

namespace Baton.C1z.Tests.Syncs;

public sealed class SyncCatalogTests : IDisposable
{
    // The clock stands at 15:00 local time: minute 900.
    private const int Now = 900;

    private readonly TestFolder _folder = new();
    private readonly C1zFile _file;

    public SyncCatalogTests() => _file = _folder.OpenWrite("out.c1z");

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void EmptyFile_HasNone()
    {
        Assert.Empty(_file.Syncs.All());
        Assert.Null(_file.Syncs.Default());
        Assert.Null(_file.Syncs.LatestFinished());
        Assert.Null(_file.Syncs.LatestUnfinished());
        Assert.Null(_file.Syncs.Find("a"));
    }

    [Fact]
    public void All_Syncs_AreInTheOrderOfTheirRows()
    {
        Runs.Add(_file, "c", "full", 30, 31);
        Runs.Add(_file, "a", "partial", 10, null);
        Runs.Add(_file, "b", "later", 20, 40);

        Assert.Equal(
            [("c", SyncType.Full, true), ("a", SyncType.Partial, false), ("b", SyncType.Unknown, true)],
            _file.Syncs.All().Select(run => (run.Id, run.Type, run.IsFinished)));
        Assert.Equal("later", _file.Syncs.Find("b")?.TypeName);
        Assert.Null(_file.Syncs.Find("A"));
    }

    [Fact]
    public void LatestFinished_ByTheEndNotTheStart_AndByIdWhereTheyEndTogether()
    {
        Runs.Add(_file, "early", "full", 10, 60);
        Runs.Add(_file, "late start", "full", 20, 30);
        Runs.Add(_file, "partial a", "partial", 5, 70);
        Runs.Add(_file, "partial b", "partial", 6, 70);
        Runs.Add(_file, "unfinished", "full", 80, null);

        Assert.Equal("partial b", _file.Syncs.LatestFinished()?.Id);
        Assert.Equal("early", _file.Syncs.LatestFinished(SyncType.Full)?.Id);
        Assert.Equal("partial b", _file.Syncs.LatestFinished(SyncType.Partial)?.Id);
        Assert.Null(_file.Syncs.LatestFinished(SyncType.ResourcesOnly));
        Assert.Equal("partial b", _file.Syncs.Default()?.Id);
    }

    [Fact]
    public void LatestUnfinished_ByTheStart_OfTheTypeAskedFor()
    {
        Runs.Add(_file, "first", "full", 10, null);
        Runs.Add(_file, "second", "full", 20, null);
        Runs.Add(_file, "third", "partial", 30, null);
        Runs.Add(_file, "finished", "full", 40, 50);

        Assert.Equal("third", _file.Syncs.LatestUnfinished()?.Id);
        Assert.Equal("second", _file.Syncs.LatestUnfinished(SyncType.Full)?.Id);
        Assert.Null(_file.Syncs.LatestUnfinished(SyncType.ResourcesOnly));
        Assert.Equal("finished", _file.Syncs.Default()?.Id);
    }

    [Fact]
    public void Default_NothingFinished_IsTheUnfinishedOne()
    {
        Runs.Add(_file, "only", "full", 10, null);

        Assert.Equal("only", _file.Syncs.Default()?.Id);
    }

    [Theory]
    [InlineData("2026-11-17 15:00:00", true)]
    [InlineData("2026-11-17 14:59:59.9999999", false)]
    [InlineData("2026-11-17 09:30:00", false)]
    public void LatestUnfinished_OlderThanSevenDaysOfLocalTime_IsNone(string started, bool found)
    {
        Runs.AddRaw(_file, "old", "full", started, null);

        Assert.Equal(found, _file.Syncs.LatestUnfinished() is not null);
        Assert.Equal(found, _file.Syncs.LatestUnfinished(SyncType.Full) is not null);
    }

    [Fact]
    public void Find_Sync_HasTheTimesThatReadersShow()
    {
        Runs.AddRaw(_file, "a", "full", "2026-11-23 10:40:25.164708739", "2026-11-23T10:41:00Z");

        var run = _file.Syncs.Find("a");

        Assert.Equal(new DateTimeOffset(2026, 11, 23, 10, 40, 25, TimeSpan.Zero).AddTicks(1647087), run?.StartedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 10, 41, 0, TimeSpan.Zero), run?.EndedAt);
    }

    [Theory]
    [InlineData("yesterday", "2026-11-23 10:41:00")]
    [InlineData("2026-11-23 10:41:00", "soon")]
    [InlineData("2026-11-23 10:41:00", "20261123")]
    [InlineData("", null)]
    public void All_TimeThatIsNone_IsDamage(string started, string? ended)
    {
        Runs.AddRaw(_file, "the-sync", "full", started, ended);

        var refusal = Assert.Throws<C1zException>(() => _file.Syncs.All());

        Assert.Equal(C1zError.Corrupt, refusal.Error);
        Assert.Contains(_file.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("the-sync", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_StatsAndLinks_AreThere()
    {
        Runs.Add(_file, "a", "partial_upserts", Now, Now, linked: "b");
        _file.Access(database => database.Execute("UPDATE v1_sync_runs SET stats = '{}', parent_sync_id = 'p', sync_token = 't'"));

        var run = _file.Syncs.Find("a");

        Assert.Equal(("b", "{}", "p", "t"), (run?.LinkedId, run?.Stats, run?.ParentId, run?.Token));
    }
}
