using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync;

public sealed class SyncRunnerTests : IDisposable
{
    private readonly SyncRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_SmallDirectory_WritesEveryRow()
    {
        var summary = await _rig.RunAsync(Directory());

        Assert.Equal(["group:a", "user:1", "user:2"], _rig.Resources().Sorted());
        Assert.Equal(["group:a:member"], _rig.Entitlements());
        Assert.Equal(["group:a:member:user:1"], _rig.Grants());
        Assert.Equal(3, summary.Stats.Resources);
        Assert.Equal(1, summary.Stats.Grants);
        Assert.Empty(summary.Warnings);
        Assert.False(File.Exists(_rig.Partial));
    }

    [Fact]
    public async Task RunAsync_Phases_RunOneAfterTheOther()
    {
        var connector = Directory(new ScriptedStaticType("app", Trait.App));
        _rig.Options = _rig.Options with { Workers = 1 };

        await _rig.RunAsync(connector);

        Assert.Equal(
            [
                "resources app", "resources group", "resources user", "static entitlements app", "entitlements user:2", "entitlements user:1",
                "entitlements group:a", "grants user:2", "grants user:1", "grants group:a",
            ],
            connector.Calls);
    }

    [Fact]
    public async Task RunAsync_TypesSelected_SyncsOnlyThem()
    {
        var connector = Directory();
        _rig.Options = _rig.Options with { ResourceTypes = ["user"] };

        await _rig.RunAsync(connector);

        Assert.Equal(["user"], _rig.Read(reader => reader.ResourceTypes().Select(type => type.Id).ToList()));
        Assert.DoesNotContain(connector.Calls, call => call.Contains("group", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_UnknownTypeSelected_SaysWhichAndWritesNothing()
    {
        _rig.Options = _rig.Options with { ResourceTypes = ["user", "team"] };

        var failure = await _rig.FailsAsync<SyncException>(Directory());

        Assert.Equal("invalid resource type 'team' in filter (this connector has: user, group)", failure.Message);
        Assert.False(File.Exists(_rig.Output));
        Assert.False(File.Exists(_rig.Partial));
    }

    [Fact]
    public async Task RunAsync_SkipEntitlementsAndGrants_WritesResourcesOnly()
    {
        var connector = Directory();
        _rig.Options = _rig.Options with { SkipEntitlementsAndGrants = true };

        await _rig.RunAsync(connector);

        Assert.Equal(["resources group", "resources user"], connector.Calls.Sorted());
        var sync = Assert.Single(_rig.Syncs());
        Assert.Equal(SyncType.ResourcesOnly, sync.Type);
        Assert.Empty(_rig.Grants());
        Assert.Equal(0, Number(sync, "supports_diff"));
    }

    [Fact]
    public async Task RunAsync_ValidationFails_WritesNothing()
    {
        var connector = new ScriptedConnector { Validate = _ => throw new ConnectorException(StatusCode.Unauthenticated, "wrong password") };

        var failure = await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal(StatusCode.Unauthenticated, failure.Code);
        Assert.Equal([Path.Combine(_rig.Folder, "tmp")], System.IO.Directory.GetFileSystemEntries(_rig.Folder));
    }

    [Fact]
    public async Task RunAsync_ValidationFailsForAMoment_IsRepeated()
    {
        var failures = 5;
        var connector = new ScriptedConnector
        {
            Validate = _ => failures-- > 0 ? throw new ConnectorException(StatusCode.Unavailable, "starting") : Task.CompletedTask,
        };
        var time = new EagerTime(_rig.Time.GetUtcNow());
        _rig.EngineTime = time;

        await _rig.RunAsync(connector);

        Assert.Equal([1, 2, 3, 4, 5], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task RunAsync_TypesOfTheSyncBefore_AreKnownToTheNext()
    {
        var asked = new List<bool>();
        var connector = new ScriptedConnector(new ScriptedType("user")
        {
            Resources = (_, request) =>
            {
                asked.Add(request.Sync.MayHaveBeenSynced("user"));
                asked.Add(request.Sync.MayHaveBeenSynced("team"));
                return Pages.Of(new Resource { Id = Ids.Resource("user", "1"), DisplayName = "one" });
            },
        });

        await _rig.RunAsync(connector);
        await _rig.RunAsync(connector);

        Assert.Equal([false, false, true, false], asked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RunAsync_PlacesOfTheSyncBefore_AreKnownToTheNextAndToOneThatGoesOn(int keep)
    {
        var (known, fails) = (new List<string>(), false);
        var connector = new ScriptedConnector(
            new ScriptedType("user")
            {
                Resources = (_, request) =>
                {
                    known.Add(request.Sync.EarlierPlaces("team") is { } places ? string.Join(',', places) : "unknown");
                    return fails ? throw new ConnectorException(StatusCode.Internal, "no") : Pages.None<Resource>();
                },
            },
            new ScriptedPlacedType("team") { Resources = (_, _) => Pages.Of(new Resource { Id = Ids.Resource("team", "1"), DisplayName = "here" }) });
        _rig.Options = _rig.Options with { KeepSyncs = keep, Workers = 1 };
        await _rig.RunAsync(connector);
        fails = true;
        await _rig.FailsAsync<ConnectorException>(connector);
        fails = false;

        await _rig.RunAsync(connector);

        Assert.Contains("resumed previous sync", _rig.Log.Error, StringComparison.Ordinal);
        Assert.Equal(["unknown", "here", "here"], known);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task RunAsync_ValidationFailsForLong_IsRepeatedAsOftenAsAnythingElse(int limit)
    {
        var attempts = 0;
        var connector = new ScriptedConnector
        {
            Validate = _ =>
            {
                attempts++;
                throw new ConnectorException(StatusCode.Unavailable, "the server is waking up");
            },
        };
        _rig.Options = _rig.Options with { RetryLimit = limit };
        _rig.EngineTime = new EagerTime(_rig.Time.GetUtcNow());

        await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal(limit + 1, attempts);
    }

    [Fact]
    public async Task RunAsync_ValidationFailsForLong_GivesUp()
    {
        var connector = new ScriptedConnector { Validate = _ => throw new ConnectorException(StatusCode.Unavailable, "the server is gone") };
        _rig.EngineTime = new EagerTime(_rig.Time.GetUtcNow());

        var failure = await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal(StatusCode.Unavailable, failure.Code);
        Assert.Equal("the server is gone (gave up after 10 attempts in a row)", failure.Message);
    }

    [Fact]
    public async Task RunAsync_Finished_LeavesMarkersAndStats()
    {
        await _rig.RunAsync(Directory());

        var sync = Assert.Single(_rig.Syncs());
        Assert.Equal(SyncType.Full, sync.Type);
        Assert.True(sync.IsFinished);
        Assert.Equal(
            """{"resource_types":2,"resources":3,"entitlements":1,"grants":1,"resources_by_resource_type":{"group":1,"user":2},"grants_by_resource_type":{"group":1},"entitlements_by_resource_type":{"group":1}}""",
            sync.Stats);
        Assert.Equal(1, Number(sync, "supports_diff"));
        Assert.Equal("1", Column(sync, "ingest_invariant_generation"));
        Assert.Equal("""["I5","I10"]""", Column(sync, "ingest_invariant_coverage"));
        Assert.Equal("connector", Column(sync, "ingest_invariant_mode"));
        var plan = SyncPlanToken.Read(sync.Token);
        Assert.Null(plan.Current);
        Assert.Equal(plan.NextId, plan.CompletedActions);
    }

    [Fact]
    public async Task RunAsync_SecondSync_KeepsTheFirst()
    {
        await _rig.RunAsync(Directory());
        var first = Assert.Single(_rig.Syncs());
        var rows = _rig.Rows();
        _rig.Time.Advance(TimeSpan.FromHours(1));

        await _rig.RunAsync(Directory());

        Assert.Equal(2, _rig.Syncs().Count);
        Assert.Equal(first, _rig.Syncs()[0]);
        Assert.Equal(rows, _rig.Rows());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(0, 4)]
    public async Task RunAsync_FourTimes_KeepsAsManyAsAsked(int keep, int kept)
    {
        _rig.Options = _rig.Options with { KeepSyncs = keep };
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await _rig.RunAsync(Directory())).SyncId);
            _rig.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(ids.TakeLast(kept).ToArray(), _rig.Syncs().Select(sync => sync.Id).ToArray());
    }

    [Fact]
    public async Task RunAsync_UnfinishedListing_NeverReachesTheOutput()
    {
        await _rig.RunAsync(Directory());
        var before = await File.ReadAllBytesAsync(_rig.Output, TestContext.Current.CancellationToken);

        var failure = await _rig.FailsAsync<ConnectorException>(Directory(new ScriptedType("app")
        {
            Resources = (_, _) => Pages.Failing<Resource>(new ConnectorException(StatusCode.PermissionDenied, "no access to apps"), Make.Resource("app", "1")),
        }));

        Assert.Equal("no access to apps", failure.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(_rig.Output, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(_rig.Partial));
    }

    [Fact]
    public async Task RunAsync_InvalidRecords_AreDroppedAndCounted()
    {
        var a = Make.Group("a");
        var connector = new ScriptedConnector(
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(a, null!, new Resource(), new Resource { Id = Ids.Resource("group", "") }),
                Entitlements = (_, _) => Pages.Of(Make.Entitlement(a, "member"), null!, new Entitlement { Resource = a }, new Entitlement { Id = "x" }),
                Grants = (_, _) => Pages.Of(null!, new Grant { Id = "nothing" }),
            },
            new ScriptedType(""));

        var summary = await _rig.RunAsync(connector);

        Assert.Equal(["group:a"], _rig.Resources());
        Assert.Equal(["group:a:member"], _rig.Entitlements());
        Assert.Empty(_rig.Grants());
        Assert.Equal(["the connector sent grants without an id, an entitlement or a principal; they were left out"], summary.Warnings);
        Assert.Contains(
            "\"invalid_records_observed\":7,\"invalid_resource_types_observed\":1,\"invalid_resources_observed\":3,\"invalid_entitlements_observed\":3",
            _rig.Log.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ReferencesToTypesOutsideTheSync_AreDropped()
    {
        _rig.Options = _rig.Options with { ResourceTypes = ["group"] };
        var a = Make.Group("a");
        var member = Make.Entitlement(a, "member");
        var foreign = Make.Entitlement(Make.Resource("org", "1"), "admin");
        var connector = new ScriptedConnector(
            new ScriptedType("user", Trait.User),
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(a),
                Entitlements = (_, _) => Pages.Of(member, foreign),
                Grants = (_, _) => Pages.Of(Make.Grant(member, Make.User("1")), Make.Grant(foreign, a), Make.Grant(member, a)),
            });

        await _rig.RunAsync(connector);

        Assert.Equal(["group:a:member"], _rig.Entitlements());
        Assert.Equal(["group:a:member:group:a"], _rig.Grants());
        Assert.Contains("\"entitlements_dropped\":1,\"grants_dropped\":2", _rig.Log.Error, StringComparison.Ordinal);
        Assert.Contains("\"entitlements_dropped\":1,\"grants_dropped\":2,\"reason_flags\":35", _rig.Syncs()[0].Token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ExclusionGroupOnTwoTypes_FailsAndKeepsTheOutput()
    {
        var group = new EntitlementExclusionGroup { ExclusionGroupId = "g" };
        var connector = new ScriptedConnector(
            new ScriptedType("role") { Resources = (_, _) => Pages.Of(Make.Resource("role", "1")), Entitlements = (r, _) => Pages.Of(Make.Entitlement(r, "a", group)) },
            new ScriptedType("app") { Resources = (_, _) => Pages.Of(Make.Resource("app", "1")), Entitlements = (r, _) => Pages.Of(Make.Entitlement(r, "a", group)) });

        var failure = await _rig.FailsAsync<SyncException>(connector);

        Assert.Equal("ingest invariant I5 violated: exclusion group \"g\" is used on multiple resource types (\"role\" and \"app\")", failure.Message);
        Assert.False(File.Exists(_rig.Output));
    }

    private static ScriptedConnector Directory(params ScriptedType[] more)
    {
        var a = Make.Group("a");
        var member = Make.Entitlement(a, "member");
        return new([
            new ScriptedType("user", Trait.User) { Resources = (_, _) => Pages.Of(Make.User("1"), Make.User("2")) },
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(a),
                Entitlements = (_, _) => Pages.Of(member),
                Grants = (_, _) => Pages.Of(Make.Grant(member, Make.User("1"))),
            },
            .. more,
        ]);
    }

    private long Number(SyncRun sync, string column) => long.Parse(Column(sync, column), System.Globalization.CultureInfo.InvariantCulture);

    private string Column(SyncRun sync, string column) => _rig.Column(sync.Id, column);
}
