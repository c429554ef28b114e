using Baton.Sdk.Sync;
using Baton.Sdk.Tasks.Syncs;

namespace Baton.Sdk.Tests.Tasks.Syncs;

public sealed class SyncMemoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-memory-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "memory");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Latest_NothingNoted_IsNothing()
    {
        var latest = new SyncMemory(Path).Latest;

        Assert.Empty(latest.Types);
        Assert.Empty(latest.Places);
    }

    [Fact]
    public void Latest_FileOfTypesAlone_IsRead()
    {
        File.WriteAllLines(Path, ["team", "user"]);

        var latest = new SyncMemory(Path).Latest;

        Assert.Equal("team user", string.Join(' ', latest.Types.Order(StringComparer.Ordinal)));
        Assert.Empty(latest.Places);
    }

    [Fact]
    public void Note_Again_ForgetsPlacesOfItsTypesAlone()
    {
        var memory = new SyncMemory(Path);
        memory.Note(["team", "org"], Had(["team", "org"], ("team", "1"), ("team", "2"), ("org", "1")));

        memory.Note(["team", "user"], Had(["team"], ("team", "3")));

        foreach (var latest in new[] { memory.Latest, new SyncMemory(Path).Latest })
        {
            Assert.Equal("org team", string.Join(' ', latest.Types.Order(StringComparer.Ordinal)));
            Assert.Equal("3", Assert.Single(latest.Places["team"]));
            Assert.Equal("1", Assert.Single(latest.Places["org"]));
        }
    }

    [Fact]
    public void Note_PlacesAreGone_IsRemembered()
    {
        var memory = new SyncMemory(Path);
        memory.Note(["team"], Had(["team"], ("team", "1")));

        memory.Note(["team"], Had([]));

        Assert.False(new SyncMemory(Path).Latest.Places.ContainsKey("team"));
        Assert.Contains("team", new SyncMemory(Path).Latest.Types);
    }

    [Fact]
    public void Note_FolderIsGone_IsKnownForTheTimeBeing()
    {
        var memory = new SyncMemory(System.IO.Path.Combine(_folder.FullName, "gone", "memory"));

        memory.Note(["team"], Had(["team"], ("team", "1")));

        Assert.Equal("1", Assert.Single(memory.Latest.Places["team"]));
    }

    private static EarlierSync Had(string[] types, params (string Type, string Place)[] places) => new(
        types.ToHashSet(StringComparer.Ordinal),
        places.GroupBy(place => place.Type, place => place.Place, StringComparer.Ordinal)
            .ToDictionary(type => type.Key, IReadOnlySet<string> (type) => type.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal));
}
