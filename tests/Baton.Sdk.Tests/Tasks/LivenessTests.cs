using Baton.Sdk.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Tasks;

public sealed class LivenessTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void IsAlive_NothingComesAfterWhatWasExpected_IsFalse()
    {
        var liveness = new Liveness(_time);
        liveness.Expect(TimeSpan.FromMinutes(5));

        _time.Advance(TimeSpan.FromMinutes(7));
        Assert.True(liveness.IsAlive);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(liveness.IsAlive);

        liveness.Expect(TimeSpan.FromMinutes(5));
        Assert.True(liveness.IsAlive);
    }

    [Fact]
    public void IsAlive_WhileTasksAreWorkedOn_StaysTrue()
    {
        var liveness = new Liveness(_time);
        liveness.Expect(TimeSpan.FromMinutes(5));
        liveness.ExpectTasks();

        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(liveness.IsAlive);
    }
}
