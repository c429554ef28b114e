using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;

namespace Baton.C1z.Tests.Syncs;

public sealed class SyncLifeCycleTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly C1zFile _file;

    public SyncLifeCycleTests() => _file = _folder.OpenWrite("out.c1z");

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SyncType.Full)]
    [InlineData(SyncType.Partial)]
    [InlineData(SyncType.ResourcesOnly)]
    [InlineData(SyncType.PartialUpserts)]
    public void BeginSync_Run_IsTheOneReadBack(SyncType type)
    {
        var run = _file.BeginSync(type).Run;

        Assert.Equal(run, _file.Syncs.Find(run.Id));
        Assert.Equal((type, false, ""), (run.Type, run.IsFinished, run.Token));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 15, 0, 0, TimeSpan.Zero), run.StartedAt);
        Assert.Matches("^[0-9A-Za-z]{27}$", run.Id);
        Assert.Equal(["1"], _file.Access(database => RawFile.Query(database, "SELECT grants_backfilled FROM v1_sync_runs")));
    }

    [Fact]
    public void BeginSync_Types_OnlyAPartialOneHasAParent()
    {
        Runs.Add(_file, "older", "full", 10, 20);
        Runs.Add(_file, "full", "full", 30, 40);
        Runs.Add(_file, "unfinished", "full", 50, null);
        Runs.Add(_file, "resources", "resources_only", 60, 70);

        Assert.Equal("full", _file.BeginSync(SyncType.Partial).Run.ParentId);
        Assert.Equal("", _file.BeginSync(SyncType.Full).Run.ParentId);
        Assert.Equal("", _file.BeginSync(SyncType.ResourcesOnly).Run.ParentId);
    }

    [Fact]
    public void BeginSync_UnknownType_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _file.BeginSync(SyncType.Unknown));
        Assert.Empty(_file.Syncs.All());
    }

    [Fact]
    public void ResumeSync_Unfinished_GoesOnAndForgetsEarlierChecks()
    {
        Runs.Add(_file, "a", "full", 10, null);
        _file.Access(database => database.Execute(
            "UPDATE v1_sync_runs SET ingest_invariant_generation = '1', ingest_invariant_coverage = '[]', ingest_invariant_mode = 'connector'"));

        var writer = _file.ResumeSync(_file.Syncs.Find("a")!);

        Assert.Equal("a", writer.Run.Id);
        Assert.Equal(["||"], _file.Access(database => RawFile.Query(
            database, "SELECT ingest_invariant_generation || '|' || ingest_invariant_coverage || '|' || ingest_invariant_mode FROM v1_sync_runs")));
    }

    [Fact]
    public void ResumeSync_FinishedSinceItWasLookedUp_IsRefused()
    {
        var writer = _file.BeginSync(SyncType.Full);
        var stale = writer.Run;
        writer.End();

        var refusal = Assert.Throws<C1zException>(() => _file.ResumeSync(stale));

        Assert.Equal(C1zError.NoSuchSync, refusal.Error);
        Assert.Contains(stale.Id, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_file.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ResumeSync_OfAnotherFile_IsRefused()
    {
        using var other = _folder.OpenWrite("other.c1z");
        var foreign = other.BeginSync(SyncType.Full).Run;

        Assert.Equal(C1zError.NoSuchSync, Assert.Throws<C1zException>(() => _file.ResumeSync(foreign)).Error);
    }

    [Fact]
    public void ResumeSync_Run_HasTheTokenOfTheFileNotOfTheCaller()
    {
        var writer = _file.BeginSync(SyncType.Full);
        writer.Checkpoint("later");

        Assert.Equal("later", _file.ResumeSync(writer.Run).Run.Token);
    }
}
