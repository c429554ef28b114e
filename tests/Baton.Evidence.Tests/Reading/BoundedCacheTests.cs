using Baton.Evidence.Reading;

namespace Baton.Evidence.Tests.Reading;

public sealed class BoundedCacheTests
{
    [Fact]
    public void Find_UsedAgainAndAgain_StaysWhileOthersGo()
    {
        var cache = new BoundedCache<int, string>(generationWeight: 100);
        cache.Add(0, "kept", 10);
        for (var key = 1; key <= 100; key++)
        {
            cache.Add(key, $"{key}", 10);
            Assert.Equal("kept", cache.Find(0));
        }

        Assert.Null(cache.Find(1));
        Assert.Equal("100", cache.Find(100));
        Assert.InRange(Enumerable.Range(1, 100).Count(key => cache.Find(key) is not null), 1, 20);
    }

    [Fact]
    public void Add_HeavierThanAGeneration_IsFoundOnce()
    {
        var cache = new BoundedCache<int, string>(generationWeight: 100);

        cache.Add(1, "heavy", 1000);

        Assert.Equal("heavy", cache.Find(1));
    }
}
