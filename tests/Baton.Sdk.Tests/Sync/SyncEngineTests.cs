using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync;

public sealed class SyncEngineTests : IDisposable
{
    private readonly SyncRig _rig = new();

    public void Dispose() => _rig.Dispose();

    public static TheoryData<StatusCode> FatalCodes() =>
        [.. Enum.GetValues<StatusCode>().Except([StatusCode.OK, StatusCode.NotFound, StatusCode.Unavailable, StatusCode.DeadlineExceeded])];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_Workers_BoundWhatRunsAtOnce(int workers)
    {
        _rig.Options = _rig.Options with { Workers = workers };
        var crew = new Crew(workers);

        await _rig.RunAsync(Groups(count: 12, grants: crew.WorkAsync));

        Assert.Equal(workers, crew.MostAtOnce);
        Assert.Equal(12, crew.Jobs);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    public async Task RunAsync_PageFailsForAMoment_IsAskedForAgain(StatusCode code)
    {
        var time = new EagerTime(_rig.Time.GetUtcNow());
        _rig.EngineTime = time;
        var failures = 3;
        var connector = new ScriptedConnector(new ScriptedType("user", Trait.User) { Resources = (_, request) => List(request) });

        await _rig.RunAsync(connector);

        Assert.Equal(["user:1", "user:2", "user:3"], _rig.Resources());
        Assert.Equal([1, 2, 3], time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(["resources user", "resources user at 1", "resources user at 1", "resources user at 1"], connector.Calls.Take(4).ToArray());

        async IAsyncEnumerable<Page<Resource>> List(PageRequest request)
        {
            await foreach (var page in Pages.Numbered(request, Make.User("1"), Make.User("2"), Make.User("3")))
            {
                if (page.Items[0].Id.Resource != "1" && failures-- > 0)
                {
                    throw new ConnectorException(code, "busy");
                }

                yield return page;
            }
        }
    }

    [Fact]
    public async Task RunAsync_RateLimited_WaitsAsLongAsAsked()
    {
        var time = new EagerTime(_rig.Time.GetUtcNow());
        _rig.EngineTime = time;
        var failures = 1;

        await _rig.RunAsync(Groups(count: 1, grants: _ => failures-- > 0
            ? throw new ConnectorException(StatusCode.Unavailable, "slow down") { RateLimit = new RateLimit(100, 0, time.GetUtcNow().AddSeconds(17)) }
            : Task.CompletedTask));

        Assert.Equal([17], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task RunAsync_PageFailsForLong_GivesUpInWords()
    {
        var time = new EagerTime(_rig.Time.GetUtcNow());
        _rig.EngineTime = time;
        _rig.Options = _rig.Options with { RetryLimit = 4 };

        var failure = await _rig.FailsAsync<ConnectorException>(
            Groups(count: 1, grants: _ => throw new ConnectorException(StatusCode.Unavailable, "the server is gone")));

        Assert.Equal("the server is gone (gave up after 4 attempts in a row)", failure.Message);
        Assert.Equal([1, 2, 3, 4], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task RunAsync_ListingWithoutTokensAlwaysBreaks_GivesUp()
    {
        _rig.EngineTime = new EagerTime(_rig.Time.GetUtcNow());
        var connector = new ScriptedConnector(new ScriptedType("user", Trait.User)
        {
            Resources = (_, _) => Pages.Failing(new ConnectorException(StatusCode.Unavailable, "broken on the second page"), Make.User("1")),
        });

        var failure = await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal("broken on the second page (gave up after 10 attempts in a row)", failure.Message);
    }

    [Theory]
    [MemberData(nameof(FatalCodes))]
    public async Task RunAsync_AnyOtherCode_EndsTheSync(StatusCode code)
    {
        var failure = await _rig.FailsAsync<ConnectorException>(Groups(count: 3, grants: _ => throw new ConnectorException(code, "refused")));

        Assert.Equal(code, failure.Code);
        Assert.Equal("refused", failure.Message);
    }

    [Fact]
    public async Task RunAsync_SubjectVanished_IsAWarning()
    {
        var summary = await _rig.RunAsync(Groups(count: 3, grants: group => group == "2" ? throw new ConnectorException(StatusCode.NotFound, "gone") : Task.CompletedTask));

        Assert.Equal(["list-grants group:2: gone"], summary.Warnings);
        Assert.Equal(2, summary.Stats.Grants);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(11, 11, false)]
    [InlineData(11, 90, true)]
    [InlineData(11, 30, false)]
    public async Task RunAsync_ManySubjectsVanished_FailsPastATenth(int vanished, int groups, bool succeeds)
    {
        var connector = Groups(groups, grants: group => int.Parse(group, System.Globalization.CultureInfo.InvariantCulture) <= vanished
            ? throw new ConnectorException(StatusCode.NotFound, "gone")
            : Task.CompletedTask);

        if (succeeds)
        {
            Assert.Equal(vanished, (await _rig.RunAsync(connector)).Warnings.Count);
        }
        else
        {
            var failure = await _rig.FailsAsync<SyncException>(connector);
            Assert.StartsWith("too many warnings, exiting sync: warnings: [list-grants group:", failure.Message, StringComparison.Ordinal);
            Assert.Matches("completed actions: [0-9]+$", failure.Message);
        }
    }

    [Fact]
    public async Task RunAsync_BugOfTheConnector_EndsTheSyncAsItIs()
    {
        await _rig.FailsAsync<NotSupportedException>(Groups(count: 2, grants: _ => throw new NotSupportedException("a bug")));
    }

    [Fact]
    public async Task RunAsync_LongSync_ChecksPointInBetween()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(_rig.Time.GetUtcNow()) { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };
        _rig.EngineTime = time;

        await _rig.RunAsync(Groups(count: 250, grants: _ => Task.CompletedTask));

        Assert.Equal(250, _rig.Grants().Count);
    }

    private static ScriptedConnector Groups(int count, Func<string, Task> grants)
    {
        var groups = Enumerable.Range(1, count).Select(i => Make.Group($"{i}")).ToArray();
        return new(
            new ScriptedType("user", Trait.User) { Resources = (_, _) => Pages.Of(Make.User("1")) },
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(groups),
                Grants = (group, _) => List(group),
            });

        async IAsyncEnumerable<Page<Grant>> List(Resource group)
        {
            await grants(group.Id.Resource);
            yield return new Page<Grant>([Make.Grant(Make.Entitlement(group, "member"), Make.User("1"))]);
        }
    }

    /// <summary>Jobs that wait for each other until as many run at once as may.</summary>
    private sealed class Crew(int expected)
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _running;

        public int MostAtOnce { get; private set; }

        public int Jobs { get; private set; }

        public async Task WorkAsync(string group)
        {
            lock (_gate)
            {
                Jobs++;
                MostAtOnce = Math.Max(MostAtOnce, ++_running);
                if (_running == expected)
                {
                    _complete.TrySetResult();
                }
            }

            await _complete.Task;
            for (var i = 0; i < 20; i++)
            {
                await Task.Yield();
            }

            lock (_gate)
            {
                _running--;
            }
        }
    }
}
