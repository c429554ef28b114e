using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using CsCheck;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync;

public sealed class SyncRunnerResumeTests : IDisposable
{
    private readonly SyncRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task RunAsync_InterruptedAnywhere_EndsWithTheSameRows(bool withTokens, bool cancelled)
    {
        var expected = await UninterruptedRowsAsync(withTokens);
        var pages = await CountPagesAsync(withTokens);
        Assert.InRange(pages, 15, 40);

        for (var page = 1; page <= pages; page++)
        {
            using var rig = new SyncRig();
            rig.Options = rig.Options with { Workers = 1 };
            await InterruptAsync(rig, withTokens, page, cancelled);
            Assert.False(File.Exists(rig.Output), $"page {page} left an output");

            await rig.RunAsync(Organization(withTokens, new Interruption()));

            Assert.Equal(expected, rig.Rows());
            Assert.False(File.Exists(rig.Partial), $"page {page} left progress behind");
            Assert.Single(rig.Syncs());
        }
    }

    [Fact]
    public async Task RunAsync_InterruptedTwice_EndsWithTheSameRows()
    {
        var expected = await UninterruptedRowsAsync(withTokens: true);
        var pages = await CountPagesAsync(withTokens: true);

        await Gen.Select(Gen.Int[1, pages], Gen.Int[1, pages], Gen.Int[1, 4], Gen.Bool).SampleAsync(
            async (first, second, workers, cancelled) =>
            {
                using var rig = new SyncRig();
                rig.Options = rig.Options with { Workers = workers };
                await TryAsync(rig, first, cancelled);
                await TryAsync(rig, second, !cancelled);

                await rig.RunAsync(Organization(withTokens: true, new Interruption()));

                Assert.Equal(expected, rig.Rows());
            },
            iter: 40,
            threads: 1);

        async Task TryAsync(SyncRig rig, int page, bool cancelled)
        {
            using var stop = new CancellationTokenSource();
            try
            {
                await rig.RunAsync(Organization(withTokens: true, new Interruption { AtPage = page, Stop = cancelled ? stop : null }), stop.Token);
            }
            catch (Exception interruption) when (interruption is ConnectorException or OperationCanceledException)
            {
                // What is tested is what comes of it.
            }
        }
    }

    [Fact]
    public async Task RunAsync_Interrupted_LeavesTheOutputByteForByte()
    {
        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));
        var before = await File.ReadAllBytesAsync(_rig.Output, TestContext.Current.CancellationToken);

        for (var page = 1; page <= 4; page++)
        {
            await InterruptAsync(_rig, withTokens: true, page, cancelled: page % 2 == 0);
            Assert.Equal(before, await File.ReadAllBytesAsync(_rig.Output, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task RunAsync_Resumed_DoesNotAskAgainForWhatItHas()
    {
        _rig.Options = _rig.Options with { Workers = 1 };
        var first = Organization(withTokens: true, new Interruption { AtPage = 10 });
        await _rig.FailsAsync<ConnectorException>(first);
        var second = Organization(withTokens: true, new Interruption());

        await _rig.RunAsync(second);

        var whole = Organization(withTokens: true, new Interruption());
        using var other = new SyncRig();
        other.Options = other.Options with { Workers = 1 };
        await other.RunAsync(whole);
        Assert.True(second.Calls.Count < whole.Calls.Count);
        Assert.Contains("resumed previous sync", _rig.Log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_InterruptedBeforeTheNextResource_KeepsWhatTheResumedSyncDid()
    {
        // The first interruption comes among the grants; the second sync reads no resource at all, and its progress counts all the same.
        var (groups, user) = (Enumerable.Range(1, 6).Select(i => Make.Group($"{i}")).ToArray(), Make.User("1"));
        _rig.Options = _rig.Options with { Workers = 1 };
        await _rig.FailsAsync<ConnectorException>(Connector(failAt: 2));
        await _rig.FailsAsync<ConnectorException>(Connector(failAt: 3));
        var last = Connector(failAt: 0);

        await _rig.RunAsync(last);

        Assert.Equal(["grants group:3", "grants group:2", "grants group:1"], last.Calls);
        Assert.Equal(6, _rig.Grants().Count);

        ScriptedConnector Connector(int failAt)
        {
            var calls = 0;
            return new(
                new ScriptedType("user", Trait.User) { Resources = (_, _) => Pages.Of(user) },
                new ScriptedType("group", Trait.Group)
                {
                    Resources = (_, _) => Pages.Of(groups),
                    Grants = (group, _) => ++calls == failAt
                        ? Pages.Failing<Grant>(new ConnectorException(StatusCode.Aborted, "interrupted"))
                        : Pages.Of(Make.Grant(Make.Entitlement(group, "member"), user)),
                });
        }
    }

    [Theory]
    [InlineData("resources")]
    [InlineData("entitlements")]
    [InlineData("grants")]
    public async Task RunAsync_SubjectVanishedBetweenTheRuns_IsNotInTheResult(string listing)
    {
        // The listing has no page tokens: what is interrupted in it starts anew.
        await _rig.FailsAsync<ConnectorException>(Connector(isFirst: true));

        await _rig.RunAsync(Connector(isFirst: false));

        Assert.Equal(listing == "resources" ? ["group:a", "group:stays"] : ["group:a", "group:stays", "group:vanishes"], _rig.Resources().Sorted());
        Assert.Equal(listing == "entitlements" ? ["group:a:stays"] : ["group:a:stays", "group:a:vanishes"], _rig.Entitlements().Sorted());
        Assert.Equal(
            listing == "grants" ? ["group:a:stays:group:stays"] : ["group:a:stays:group:stays", "group:a:stays:group:vanishes"], _rig.Grants().Sorted());

        ScriptedConnector Connector(bool isFirst)
        {
            var (a, stays, vanishes) = (Make.Group("a"), Make.Group("stays"), Make.Group("vanishes"));
            var (member, old) = (Make.Entitlement(a, "stays"), Make.Entitlement(a, "vanishes"));
            return new(new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => List("resources", a, stays, vanishes),
                Entitlements = (group, _) => group.Id.Resource == "a" ? List("entitlements", member, old) : Pages.None<Entitlement>(),
                Grants = (group, _) => group.Id.Resource == "a" ? List("grants", Make.Grant(member, stays), Make.Grant(member, vanishes)) : Pages.None<Grant>(),
            });

            IAsyncEnumerable<Page<T>> List<T>(string name, params T[] items)
                => name != listing ? Pages.Of(items)
                    : isFirst ? Pages.Failing(new ConnectorException(StatusCode.Aborted, "interrupted"), items)
                    : Pages.Of(items[..^1]);
        }
    }

    [Fact]
    public async Task RunAsync_ChildVanishedBetweenTheRuns_GoesWithoutItsSiblingsOfOtherParents()
    {
        await _rig.FailsAsync<ConnectorException>(Connector(isFirst: true));

        await _rig.RunAsync(Connector(isFirst: false));

        Assert.Equal(["org:1", "org:2", "project:1.stays", "project:2.a", "project:2.b"], _rig.Resources().Sorted());

        static ScriptedConnector Connector(bool isFirst)
        {
            var child = new ChildResourceType { ResourceTypeId = "project" };
            return new(
                new ScriptedType("org") { Resources = (_, _) => Pages.Of(Make.Resource("org", "1", child), Make.Resource("org", "2", child)) },
                new ScriptedType("project")
                {
                    Resources = (parent, _) => parent?.Resource switch
                    {
                        "1" when isFirst => Pages.Failing(new ConnectorException(StatusCode.Aborted, "interrupted"), Project("1.stays", "1"), Project("1.vanishes", "1")),
                        "1" => Pages.Of(Project("1.stays", "1")),
                        "2" => Pages.Of(Project("2.a", "2"), Project("2.b", "2")),
                        _ => Pages.None<Resource>(),
                    },
                });
        }

        static Resource Project(string id, string org) => Make.Resource("project", id).Below(Ids.Resource("org", org));
    }

    [Fact]
    public async Task RunAsync_EntitlementsTakenBack_StaticOnesAreMadeAgain()
    {
        await _rig.FailsAsync<ConnectorException>(Connector(isFirst: true));

        await _rig.RunAsync(Connector(isFirst: false));

        Assert.Equal(["app:1:listed", "app:1:template", "app:2:template"], _rig.Entitlements().Sorted());

        static ScriptedConnector Connector(bool isFirst) => new(new ScriptedStaticType("app")
        {
            Resources = (_, _) => Pages.Of(Make.Resource("app", "1"), Make.Resource("app", "2")),
            Templates = _ => Pages.Of(new Entitlement { Slug = "template" }),
            Entitlements = (app, _) => app.Id.Resource != "1" ? Pages.None<Entitlement>()
                : isFirst ? Pages.Failing(new ConnectorException(StatusCode.Aborted, "interrupted"), Make.Entitlement(app, "listed"), Make.Entitlement(app, "gone"))
                : Pages.Of(Make.Entitlement(app, "listed")),
        });
    }

    [Theory]
    [InlineData("org")]
    [InlineData("robot")]
    public async Task RunAsync_GrantsOnAnotherResource_GoWithTheListingThatTheyAreOf(string interrupted)
    {
        // Robots tell their roles themselves: their grants are on the organization, which lists grants of its own.
        _rig.Options = _rig.Options with { Workers = 1 };
        await _rig.FailsAsync<ConnectorException>(Connector(isFirst: true));

        await _rig.RunAsync(Connector(isFirst: false));

        string[] expected = interrupted == "org"
            ? ["org:1:admin:robot:a", "org:1:viewer:user:stays"]
            : ["org:1:viewer:robot:a", "org:1:viewer:user:leaves", "org:1:viewer:user:stays"];
        Assert.Equal(expected, _rig.Grants().Sorted());
        Assert.Equal("0", _rig.Column(Assert.Single(_rig.Syncs()).Id, "(SELECT count(*) FROM sqlite_master WHERE name LIKE 'baton%')"));

        ScriptedConnector Connector(bool isFirst)
        {
            var (org, robot) = (Make.Resource("org", "1"), Make.Resource("robot", "a"));
            var (viewer, admin) = (Make.Entitlement(org, "viewer"), Make.Entitlement(org, "admin"));
            var ofOrg = new ScriptedType("org")
            {
                Resources = (_, _) => Pages.Of(org),
                Grants = (_, _) => List("org", [Make.Grant(viewer, Make.User("stays")), Make.Grant(viewer, Make.User("leaves"))], [Make.Grant(viewer, Make.User("stays"))]),
            };
            var ofRobots = new ScriptedType("robot")
            {
                Resources = (_, _) => Pages.Of(robot),
                Grants = (_, _) => List("robot", [Make.Grant(admin, robot)], [Make.Grant(viewer, robot)]),
            };
            var users = new ScriptedType("user", Trait.User);

            // What is interrupted comes second.
            return interrupted == "org" ? new(users, ofRobots, ofOrg) : new(users, ofOrg, ofRobots);

            IAsyncEnumerable<Page<Grant>> List(string type, Grant[] then, Grant[] now)
                => !isFirst ? Pages.Of(now)
                    : type == interrupted ? Pages.Failing(new ConnectorException(StatusCode.Aborted, "interrupted"), then)
                    : Pages.Of(then);
        }
    }

    [Fact]
    public async Task RunAsync_CursorsOfARepeatedListing_AreOpenedAnew()
    {
        _rig.Options = _rig.Options with { Workers = 1 };
        await _rig.FailsAsync<ConnectorException>(Connector(isFirst: true));
        var second = Connector(isFirst: false);

        await _rig.RunAsync(second);

        Assert.Equal(["grants group:a", "grants group:a at new"], second.Calls);
        Assert.Equal(["group:a:member:user:1", "group:a:member:user:new"], _rig.Grants().Sorted());

        static ScriptedConnector Connector(bool isFirst)
        {
            var a = Make.Group("a");
            var member = Make.Entitlement(a, "member");
            return new(
                new ScriptedType("user", Trait.User),
                new ScriptedType("group", Trait.Group)
                {
                    Resources = (_, _) => Pages.Of(a),
                    Grants = (_, request) => request.Token.Length > 0
                        ? Pages.Of(Make.Grant(member, Make.User(request.Token)))
                        : isFirst
                            ? Pages.Each(First("old")).Concat(Pages.Failing<Grant>(new ConnectorException(StatusCode.Aborted, "interrupted")))
                            : Pages.Each(First("new")),
                });

            Page<Grant> First(string cursor) => new([Make.Grant(member, Make.User("1"))])
            {
                Annotations = [Annotations.Of(new EnqueuePageTokens { PageTokens = { cursor } })],
            };
        }
    }

    [Fact]
    public async Task RunAsync_OtherSelection_StartsAfresh()
    {
        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        _rig.Options = _rig.Options with { ResourceTypes = ["user"] };
        var connector = Organization(withTokens: true, new Interruption());

        await _rig.RunAsync(connector);

        Assert.Single(_rig.Syncs());
        Assert.Equal(["user:1", "user:2", "user:3"], _rig.Resources().Sorted());
        Assert.Equal("resources user", connector.Calls[0]);
        AssertStartedAnew("it is of another source or selection");
    }

    [Fact]
    public async Task RunAsync_OtherSource_StartsAfresh()
    {
        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        _rig.Options = _rig.Options with { Source = "another server" };

        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));

        Assert.Single(_rig.Syncs());
        AssertStartedAnew("it is of another source or selection");
    }

    [Fact]
    public async Task RunAsync_OutputChangedSince_StartsAfresh()
    {
        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        using (var other = new SyncRig())
        {
            await other.RunAsync(Organization(withTokens: true, new Interruption()));
            File.Copy(other.Output, _rig.Output);
        }

        File.SetLastWriteTimeUtc(_rig.Output, File.GetLastWriteTimeUtc(_rig.Partial).AddSeconds(1));
        var first = Assert.Single(_rig.Syncs()).Id;
        var connector = Organization(withTokens: true, new Interruption());

        await _rig.RunAsync(connector);

        Assert.Equal("resources user", connector.Calls.Order(StringComparer.Ordinal).First(call => call.StartsWith("resources user", StringComparison.Ordinal)));
        Assert.Equal(2, _rig.Syncs().Count);
        Assert.Equal(first, _rig.Syncs()[0].Id);
        Assert.False(File.Exists(_rig.Partial));
    }

    [Theory]
    [InlineData(24 * 60, true)]
    [InlineData((24 * 60) + 1, false)]
    public async Task RunAsync_ProgressOfYesterday_CountsForADay(int minutes, bool isUsed)
    {
        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        _rig.Time.Advance(TimeSpan.FromMinutes(minutes));

        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));

        Assert.Equal(isUsed, _rig.Log.Error.Contains("resumed previous sync", StringComparison.Ordinal));
        Assert.Single(_rig.Syncs());
        if (!isUsed)
        {
            AssertStartedAnew("it was begun more than 24 hours ago");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a c1z")]
    [InlineData("C1ZF\0 and then nothing good")]
    [InlineData("C1Z3\0 of another engine")]
    public async Task RunAsync_DamagedProgress_IsIgnoredWithAWarning(string contents)
    {
        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));
        await File.WriteAllTextAsync(_rig.Partial, contents, TestContext.Current.CancellationToken);

        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));

        Assert.Equal(2, _rig.Syncs().Count);
        Assert.Contains("the progress of an interrupted sync cannot be used; starting anew", _rig.Log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TruncatedProgress_IsIgnoredWithAWarning()
    {
        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        var bytes = await File.ReadAllBytesAsync(_rig.Partial, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_rig.Partial, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));

        Assert.Single(_rig.Syncs());
        Assert.Contains("the progress of an interrupted sync cannot be used; starting anew", _rig.Log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TargetedSync_NeitherKeepsNorUsesProgress()
    {
        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        var progress = await File.ReadAllBytesAsync(_rig.Partial, TestContext.Current.CancellationToken);
        _rig.Options = _rig.Options with { Targets = [new TargetResource(Ids.Resource("user", "1"), Parent: null)] };

        await _rig.FailsAsync<ConnectorException>(Targeted(fails: true));
        Assert.Equal(progress, await File.ReadAllBytesAsync(_rig.Partial, TestContext.Current.CancellationToken));
        await _rig.RunAsync(Targeted(fails: false));

        Assert.Equal(["user:1"], _rig.Resources());
        Assert.Single(_rig.Syncs());

        static ScriptedConnector Targeted(bool fails) => new(new ScriptedReadableType("user", Trait.User)
        {
            Get = _ => Make.User("1"),
            Grants = (_, _) => fails ? Pages.Failing<Grant>(new ConnectorException(StatusCode.Aborted, "interrupted")) : Pages.None<Grant>(),
        });
    }

    [Fact]
    public async Task RunAsync_InterruptedBeforeAnythingWasRead_KeepsNothing()
    {
        await InterruptAsync(_rig, withTokens: true, page: 1, cancelled: false, workers: 1);

        Assert.False(File.Exists(_rig.Partial));
    }

    [Fact]
    public async Task RunAsync_ResumedSyncFailsForItsData_ForgetsTheProgress()
    {
        // Two exclusion groups that clash are stored, then the sync is interrupted. Going on from there would fail for ever.
        await _rig.FailsAsync<ConnectorException>(Clashing(groups: 2, fail: true));
        await _rig.FailsAsync<SyncException>(Clashing(groups: 2, fail: false));
        Assert.False(File.Exists(_rig.Partial));

        await _rig.RunAsync(Clashing(groups: 1, fail: false));

        Assert.Single(_rig.Entitlements());

        static ScriptedConnector Clashing(int groups, bool fail) => new(new ScriptedType("app")
        {
            Resources = (_, _) => Pages.Of(Make.Resource("app", "1")),
            Entitlements = (app, _) => Pages.Of(
                [.. Enumerable.Range(1, groups).Select(i => Make.Entitlement(app, $"{i}", new EntitlementExclusionGroup { ExclusionGroupId = "g", IsDefault = true }))]),
            Grants = (_, _) => fail ? Pages.Failing<Grant>(new ConnectorException(StatusCode.Aborted, "interrupted")) : Pages.None<Grant>(),
        });
    }

    [Fact]
    public async Task RunAsync_OutputIsALink_KeepsAndFindsProgressBesideItsTarget()
    {
        var target = Path.Combine(Directory.CreateDirectory(Path.Combine(_rig.Folder, "elsewhere")).FullName, "real.c1z");
        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));
        File.Move(_rig.Output, target);
        File.CreateSymbolicLink(_rig.Output, target);

        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        Assert.True(File.Exists(target + ProgressFile.Suffix));
        await _rig.RunAsync(Organization(withTokens: true, new Interruption()));

        Assert.Contains("resumed previous sync", _rig.Log.Error, StringComparison.Ordinal);
        Assert.Equal(target, File.ResolveLinkTarget(_rig.Output, returnFinalTarget: true)?.FullName);
        Assert.Equal(2, _rig.Syncs().Count);
    }

    [Fact]
    public async Task RunAsync_Resumed_ReportsItsOwnDuration()
    {
        await InterruptAsync(_rig, withTokens: true, page: 10, cancelled: false);
        _rig.Time.Advance(TimeSpan.FromHours(3));
        _rig.Time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(5), "x", "x"));

        var summary = await _rig.RunAsync(Organization(withTokens: true, new Interruption()));

        Assert.Equal(TimeSpan.Zero, summary.Duration);
    }

    private static async Task InterruptAsync(SyncRig rig, bool withTokens, int page, bool cancelled, int? workers = null)
    {
        using var stop = new CancellationTokenSource();
        rig.Options = rig.Options with { Workers = workers ?? rig.Options.Workers };
        var connector = Organization(withTokens, new Interruption { AtPage = page, Stop = cancelled ? stop : null });
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => rig.RunAsync(connector, stop.Token));
        Assert.True(cancelled ? failure is OperationCanceledException : failure is ConnectorException { Code: StatusCode.Aborted }, $"{failure}");
    }

    private static async Task<IReadOnlyList<string>> UninterruptedRowsAsync(bool withTokens)
    {
        using var rig = new SyncRig();
        await rig.RunAsync(Organization(withTokens, new Interruption()));
        return rig.Rows();
    }

    private static async Task<int> CountPagesAsync(bool withTokens)
    {
        using var rig = new SyncRig();
        var pages = new Interruption();
        await rig.RunAsync(Organization(withTokens, pages));
        return pages.Seen;
    }

    private void AssertStartedAnew(string reason)
    {
        Assert.Contains("the progress of an interrupted sync cannot be used; starting anew", _rig.Log.Error, StringComparison.Ordinal);
        Assert.Contains(reason, _rig.Log.Error, StringComparison.Ordinal);
    }

    /// <summary>Users, nested groups that expand, an organization with projects below it: every phase, several pages each.</summary>
    private static ScriptedConnector Organization(bool withTokens, Interruption interruption)
    {
        var users = Enumerable.Range(1, 3).Select(i => Make.User($"{i}")).ToArray();
        var groups = new[] { "a", "b" }.Select(id => Make.Group(id)).ToArray();
        var (memberA, memberB) = (Make.Entitlement(groups[0], "member"), Make.Entitlement(groups[1], "member"));
        var org = Make.Resource("org", "1", new ChildResourceType { ResourceTypeId = "project" });
        var projects = Enumerable.Range(1, 3).Select(i => Make.Resource("project", $"{i}").Below(org.Id)).ToArray();
        return new(
            new ScriptedType("user", Trait.User) { Resources = (_, request) => List(request, users) },
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, request) => List(request, groups),
                Entitlements = (group, request) => List(request, Make.Entitlement(group, "member"), Make.Entitlement(group, "owner")),
                Grants = (group, request) => group.Id.Resource == "a"
                    ? List(request, Make.Grant(memberA, users[0]), Make.Grant(memberA, users[1]))
                    : List(request, Make.Grant(memberB, users[2]), Make.Grant(memberB, groups[0], Make.Expandable(memberA.Id)), Make.Grant(memberB, users[0])),
            },
            new ScriptedType("org") { Resources = (_, request) => List(request, org) },
            new ScriptedStaticType("project")
            {
                Resources = (parent, request) => parent is null ? Pages.None<Resource>() : List(request, projects),
                Templates = request => List(request, new Entitlement { Slug = "viewer" }, new Entitlement { Slug = "editor" }),
            });

        async IAsyncEnumerable<Page<T>> List<T>(PageRequest request, params T[] items)
        {
            await foreach (var page in Pages.Numbered(request, items))
            {
                interruption.OnPage();
                yield return withTokens ? page : page with { NextToken = "" };
            }
        }
    }

    /// <summary>Breaks the connection, or stops the sync, when a page is asked for.</summary>
    private sealed class Interruption
    {
        private int _seen;

        public int AtPage { get; init; }

        public CancellationTokenSource? Stop { get; init; }

        public int Seen => _seen;

        public void OnPage()
        {
            if (Interlocked.Increment(ref _seen) != AtPage)
            {
                return;
            }

            if (Stop is null)
            {
                throw new ConnectorException(StatusCode.Aborted, "interrupted");
            }

            Stop.Cancel();
        }
    }
}
