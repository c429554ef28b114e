using Baton.C1z;
using Baton.C1z.Merging;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>What is shown of files that were merged of others, and of differences that were added to one.</summary>
public sealed class MergedFileTests : IDisposable
{
    private const string First = "3MVN1hcHANR2zv3RdqrpMENY6kQ";
    private const string Second = "3MVN1y9ti91A4fOHQdUwvF1wceR";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Merged_File_IsCheckedCountedAndComparedLikeAnyOther()
    {
        var (file, difference) = Compared();
        var merged = Merge(new SyncSource(file, First), new SyncSource(file, difference));

        var check = (await Cli.Run("check", "-f", merged)).Succeeded();
        Assert.Contains("Verdict  ok", check.Output, StringComparison.Ordinal);
        Assert.Contains("Syncs    1, 1 finished", check.Output, StringComparison.Ordinal);

        var stats = (await Cli.Run("stats", "-f", merged, "-o", "json")).Succeeded().Json["stats"]!;
        Assert.Equal(("7", "6", "10"), ((string?)stats["resources"], (string?)stats["entitlements"], (string?)stats["grants"]));

        // What was gone in the second sync is there: merging takes nothing away.
        var diff = await Cli.Run("diff", file, merged);
        Assert.Contains("Access        +2 granted  -0 removed", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Difference_InAFile_HidesNothing()
    {
        var (file, difference) = Compared();

        var syncs = (await Cli.Run("syncs", "-f", file)).Succeeded();
        Assert.Matches($"{difference} +partial .* {First}", syncs.Output);

        var stats = await Cli.Run("stats", "-f", file);
        Assert.Contains(Second, stats.Lines[0], StringComparison.Ordinal);
        Assert.Contains($"partial sync {difference}", stats.Error, StringComparison.Ordinal);

        var own = (await Cli.Run("stats", "-f", file, "--sync-id", difference, "-o", "json")).Succeeded().Json["stats"]!;
        Assert.Equal(("2", "3"), ((string?)own["resources"], (string?)own["grants"]));
    }

    private (string Path, string Difference) Compared()
    {
        var path = Path.Combine(_folder.Path, "two.c1z");
        File.WriteAllBytes(path, File.ReadAllBytes(Fixtures.PathOf(Fixtures.TwoSyncs)));
        using var file = C1zFile.OpenWrite(path);
        var difference = SyncDelta.Add(file, First, Second, Cancellation);
        file.Save();
        return (path, difference.SyncId);
    }

    private string Merge(params SyncSource[] sources)
    {
        using var merge = SyncMerge.Begin(id => Path.Combine(_folder.Path, $"{id}.c1z"), new());
        foreach (var source in sources)
        {
            merge.Add(source, Cancellation);
        }

        merge.Settle().End();
        return merge.Save().Path;
    }
}
