using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Tests.Writing;

public sealed class SyncWriterTests : IDisposable
{
    private const string GrantRows =
        "SELECT json_array(external_id, entitlement_id, principal_resource_id, hex(expansion), needs_expansion, hex(data), discovered_at) "
        + "FROM v1_grants ORDER BY id";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Put_EveryKind_FillsEveryColumn()
    {
        var id = Write(SyncType.Full, Samples.PutAll);

        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(
            ["""["group","NAME"]""", """["user","NAME"]"""],
            raw.Query("SELECT json_array(external_id, 'NAME') FROM v1_resource_types ORDER BY id"));
        Assert.Equal(
            ["""["group","group:1",null,null]""", """["group","group:2","group","1"]""", """["user","user:ada",null,null]"""],
            raw.Query("SELECT json_array(resource_type_id, external_id, parent_resource_type_id, parent_resource_id) FROM v1_resources ORDER BY id"));
        Assert.Equal(
            ["""["group","1","group:1:member"]""", """["group","2","group:2:member"]"""],
            raw.Query("SELECT json_array(resource_type_id, resource_id, external_id) FROM v1_entitlements ORDER BY id"));
        Assert.Equal(
            [
                """["group","2","group:2:member","user","ada","group:2:member:user:ada",null,0]""",
                """["group","1","group:1:member","group","2","group:1:member:group:2","EXPANSION",1]"""
                    .Replace("EXPANSION", Convert.ToHexString(Samples.Expandable("group:2:member").ToByteArray()), StringComparison.Ordinal),
            ],
            raw.Query(
                "SELECT json_array(resource_type_id, resource_id, entitlement_id, principal_resource_type_id, principal_resource_id, external_id, "
                + "CASE WHEN expansion IS NULL THEN NULL ELSE hex(expansion) END, needs_expansion) FROM v1_grants ORDER BY id"));
        foreach (var table in new[] { "resource_types", "resources", "entitlements", "grants" })
        {
            Assert.Equal([$"""["{id}","2026-11-24 15:00:00","blob","text"]"""], raw.Query(
                $"SELECT DISTINCT json_array(sync_id, discovered_at, typeof(data), typeof(discovered_at)) FROM v1_{table}"));
        }
    }

    [Fact]
    public void Put_EmptyMessagesAndTexts_AreEmptyAndNotNull()
    {
        Write(SyncType.Full, writer =>
        {
            writer.Put([new ResourceType()]);
            writer.Put([new Resource { Id = new() { ResourceType = "", Resource = "" }, ParentResourceId = new() }]);
            writer.Put(Array.Empty<Grant>());
        });

        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(["""["","text","blob",0]"""], raw.Query(
            "SELECT json_array(external_id, typeof(external_id), typeof(data), length(data)) FROM v1_resource_types"));
        Assert.Equal(["""["",":","",""]"""], raw.Query(
            "SELECT json_array(resource_type_id, external_id, parent_resource_type_id, parent_resource_id) FROM v1_resources"));
        using var file = _folder.OpenRead("out.c1z");
        Assert.Equal([new ResourceType()], file.Read(file.Syncs.Default()!).ResourceTypes());
    }

    [Theory]
    [InlineData(SyncType.Full)]
    [InlineData(SyncType.Partial)]
    public void Put_GrantWithMissingReferences_IsStoredAsUpstreamStoresIt(SyncType type)
    {
        Grant[] grants =
        [
            new() { Id = "bare" },
            new() { Id = "no resource", Entitlement = new() { Id = "e" }, Principal = new() },
            new() { Id = "no id", Entitlement = new() { Id = "e", Resource = new() }, Principal = new() { Id = new() { ResourceType = "user" } } },
        ];
        Entitlement[] entitlements = [new() { Id = "e" }];
        Resource[] resources = [new() { DisplayName = "without an id" }];

        Write(type, writer =>
        {
            writer.Put(grants);
            writer.Put(entitlements);
            writer.Put(resources);
        });

        using var file = _folder.OpenRead("out.c1z");
        var reader = file.Read(file.Syncs.Default()!);
        Assert.Equal(grants, reader.Grants());
        Assert.Equal(entitlements, reader.Entitlements());
        Assert.Equal(resources, reader.Resources());
        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(
            ["""["","","","",""]""", """["","","e","",""]""", """["","","e","user",""]"""],
            raw.Query("SELECT json_array(resource_type_id, resource_id, entitlement_id, principal_resource_type_id, principal_resource_id) FROM v1_grants"));
    }

    [Fact]
    public void Put_ExpandableAnnotations_FirstOneGoesToTheColumn()
    {
        var group = Samples.Resources[0];
        var expandable = Samples.Expandable("a", "b");
        expandable.Shallow = true;
        var other = Any.Pack(new GrantImmutable { SourceId = "s" });
        var first = Samples.Grant(Samples.Entitlements[0], group, expandable, Samples.Expandable("c"));
        first.Annotations.Insert(0, other);
        first.Annotations.Add(other);
        var blankFirst = Samples.Grant(Samples.Entitlements[1], group, Samples.Expandable(" ", "\t", ""), Samples.Expandable("c"));
        var none = Samples.Grant(Samples.Entitlements[0], Samples.Resources[1], new GrantExpandable());
        var damaged = Samples.Grant(Samples.Entitlements[0], Samples.Resources[2]);
        damaged.Annotations.Add(new Any { TypeUrl = "type.googleapis.com/c1.connector.v2.GrantExpandable", Value = ByteString.CopyFrom(0x0A, 0x7F) });
        Grant[] grants = [first, blankFirst, none, damaged];
        var before = grants.Select(grant => grant.Clone()).ToList();

        Write(SyncType.Full, writer => writer.Put(grants));

        Assert.Equal(before, grants);
        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal([Convert.ToHexString(expandable.ToByteArray()), "NULL", "NULL", "NULL"], raw.Query(
            "SELECT CASE WHEN expansion IS NULL THEN NULL ELSE hex(expansion) END FROM v1_grants ORDER BY id"));
        Assert.Equal(["1", "0", "0", "0"], raw.Query("SELECT needs_expansion FROM v1_grants ORDER BY id"));
        using var file = _folder.OpenRead("out.c1z");
        var reader = file.Read(file.Syncs.Default()!);
        Assert.Equal(grants.Select(Samples.WithoutExpandable), reader.Grants());
        Assert.Equal([other, other], reader.Grants().First().Annotations);
        Assert.Equal([(Samples.WithoutExpandable(first), expandable)], reader.ExpandableGrants());
    }

    [Theory]
    [InlineData(SyncType.Full)]
    [InlineData(SyncType.Partial)]
    public void PutExpanded_LeavesWhatMakesAGrantExpandable(SyncType type)
    {
        var expandable = Samples.Grants[1];
        var changed = Samples.WithoutExpandable(expandable);
        changed.Sources = new() { Sources = { ["group:2:member"] = new() { IsDirect = true } } };
        var residual = Samples.Grant(Samples.Entitlements[0], Samples.Resources[2], Samples.Expandable("x"));

        Write(type, writer =>
        {
            // Expansion follows the load; a put of its kind must not depend on somebody having settled the table.
            writer.Put([expandable]);
            writer.PutExpanded([changed, residual]);
            writer.PutExpanded([changed, residual]);
        });

        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(
            [$"[\"{changed.Id}\",1,1]", $"[\"{residual.Id}\",0,0]"],
            raw.Query("SELECT json_array(external_id, needs_expansion, expansion IS NOT NULL) FROM v1_grants ORDER BY id"));
        using var file = _folder.OpenRead("out.c1z");
        Assert.Equal([changed, Samples.WithoutExpandable(residual)], file.Read(file.Syncs.Default()!).Grants());
    }

    [Theory]
    [InlineData(SyncType.Full)]
    [InlineData(SyncType.ResourcesOnly)]
    [InlineData(SyncType.Partial)]
    public void Put_AnySequenceWithRepeatedIds_EndsAsSingleUpsertsWould(SyncType type)
        => Step.Sequences.Sample(
            steps =>
            {
                using var folder = new TestFolder();
                var model = new TableModel();
                using (var file = folder.OpenWrite("out.c1z"))
                {
                    var writer = file.BeginSync(type);
                    foreach (var step in steps)
                    {
                        folder.Time.Advance(TimeSpan.FromSeconds(1));
                        step.Apply(writer);
                        model.Apply(step, folder.Time);
                    }

                    writer.End();
                    file.Save();
                }

                using var raw = new RawFile(folder.In("out.c1z"));
                Assert.Equal(model.Grants, raw.Query(GrantRows));
                Assert.Equal(model.Others, raw.Query(TableModel.OtherRows));
                Assert.Equal(["ok"], raw.Query("PRAGMA integrity_check"));
                Assert.Equal(DatabaseShape.OfANewFile, DatabaseShape.Of(raw));
            },
            iter: 150);

    [Theory]
    [InlineData(SyncType.Full)]
    [InlineData(SyncType.Partial)]
    public void ResumeSync_PagesWrittenAgain_EndAsSingleUpsertsWould(SyncType type)
        => Gen.Select(Step.Sequences, Step.Sequences).Sample(
            (before, after) =>
            {
                using var folder = new TestFolder();
                var model = new TableModel();
                string id;
                using (var file = folder.OpenWrite("out.c1z"))
                {
                    var writer = file.BeginSync(type);
                    id = writer.Run.Id;
                    Run(before, writer, folder, model);
                    writer.Checkpoint("the plan");
                    file.Save(".partial");
                }

                using (var file = C1zFile.OpenWrite(folder.In("out.c1z"), folder.Options, startFrom: folder.In("out.c1z.partial")))
                {
                    var unfinished = file.Syncs.LatestUnfinished(type);
                    Assert.Equal((id, "the plan"), (unfinished?.Id, unfinished?.Token));
                    var writer = file.ResumeSync(unfinished!);
                    Run(after, writer, folder, model);
                    writer.End();
                    file.Save();
                }

                using var raw = new RawFile(folder.In("out.c1z"));
                Assert.Equal(model.Grants, raw.Query(GrantRows));
                Assert.Equal(model.Others, raw.Query(TableModel.OtherRows));
                Assert.Equal(["1"], raw.Query("SELECT count(*) FROM v1_sync_runs"));
            },
            iter: 80);

    [Theory]
    [InlineData(SyncType.Full)]
    [InlineData(SyncType.Partial)]
    public void Put_FromManyThreads_LosesNothing(SyncType type)
    {
        const int threads = 4;
        const int batches = 60;
        var read = 0L;

        Write(type, writer => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            for (var batch = 0; batch < batches; batch++)
            {
                writer.Put([Samples.Resource("user", $"{thread}-{batch}"), Samples.Resource("user", "shared")]);
                writer.Put([Samples.Grant(Samples.Entitlements[0], Samples.Resource("user", $"{thread}-{batch}"))]);
                writer.Checkpoint($"{thread}-{batch}");
                Interlocked.Add(ref read, writer.Reader.Resources().Count());
            }
        }));

        using var file = _folder.OpenRead("out.c1z");
        var reader = file.Read(file.Syncs.Default()!);
        var ids = reader.Resources().Select(resource => resource.Id.Resource).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal).Count(), ids.Count);
        Assert.Equal((threads * batches) + 1, ids.Count);
        Assert.Equal(threads * batches, reader.Grants().Count());
        Assert.True(read > 0);
    }

    [Fact]
    public void End_FullSync_StampsAndCounts()
    {
        _folder.Time.Advance(TimeSpan.FromTicks(1));
        var id = Write(SyncType.Full, writer =>
        {
            Samples.PutAll(writer);
            writer.Put([new ResourceType { Id = "app" }]);
            writer.MarkInvariantsHold(["I5"]);
            writer.Checkpoint("{\"version\":1}");
            writer.MarkExpansionReached();
            _folder.Time.Advance(TimeSpan.FromMilliseconds(1500));
        });

        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(
            [
                $$$"""["{{{id}}}","2026-11-24 15:00:00.0000001","2026-11-24 15:00:01.5000001","{\"version\":1}","full","","",1,1,"","",""]""",
            ],
            raw.Query(
                "SELECT json_array(sync_id, started_at, ended_at, sync_token, sync_type, parent_sync_id, linked_sync_id, supports_diff, "
                + "grants_backfilled, ingest_invariant_generation, ingest_invariant_coverage, ingest_invariant_mode) FROM v1_sync_runs"));
        Assert.Equal(
            [
                """{"resource_types":3,"resources":3,"entitlements":2,"grants":2,"resources_by_resource_type":{"app":0,"group":2,"user":1}"""
                    + ""","grants_by_resource_type":{"group":2},"entitlements_by_resource_type":{"group":2}}""",
            ],
            raw.Query("SELECT stats FROM v1_sync_runs"));
    }

    [Fact]
    public void End_SecondTime_KeepsTheFirstTime()
    {
        Write(SyncType.Full, writer =>
        {
            writer.End();
            _folder.Time.Advance(TimeSpan.FromHours(1));
        });

        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(["2026-11-24 15:00:00"], raw.Query("SELECT ended_at FROM v1_sync_runs"));
    }

    [Fact]
    public void MarkInvariantsHold_AfterTheEnd_IsStored()
    {
        using (var file = _folder.OpenWrite("out.c1z"))
        {
            var writer = file.BeginSync(SyncType.Full);
            writer.End();
            writer.MarkInvariantsHold(["I5", "I10"]);
            file.Save();
        }

        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(["""["1","[\"I5\",\"I10\"]","connector"]"""], raw.Query(
            "SELECT json_array(ingest_invariant_generation, ingest_invariant_coverage, ingest_invariant_mode) FROM v1_sync_runs"));
    }

    [Fact]
    public void MarkInvariantsHold_OfMergedRows_SaysSo()
    {
        using (var file = _folder.OpenWrite("out.c1z"))
        {
            var writer = file.BeginSync(SyncType.Full);
            writer.End();
            writer.MarkInvariantsHold(["I5"], "compaction_merge");
            file.Save();
        }

        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(["""["[\"I5\"]","compaction_merge"]"""], raw.Query("SELECT json_array(ingest_invariant_coverage, ingest_invariant_mode) FROM v1_sync_runs"));
    }

    [Theory]
    [InlineData(SyncType.Full)]
    [InlineData(SyncType.Partial)]
    public void DeleteGrants_Ids_AreGoneAlsoWhereWrittenTwice(SyncType type)
    {
        Write(type, writer =>
        {
            writer.Put(Samples.Grants);
            writer.Put(Samples.Grants);
            writer.DeleteGrants([Samples.Grants[0].Id, "absent"]);
        });

        using var file = _folder.OpenRead("out.c1z");
        Assert.Equal([Samples.WithoutExpandable(Samples.Grants[1])], file.Read(file.Syncs.Default()!).Grants());
    }

    [Fact]
    public void Settle_TablesOneByOne_MakesThemFindable()
    {
        using var file = _folder.OpenWrite("out.c1z");
        var writer = file.BeginSync(SyncType.Full);
        Samples.PutAll(writer);
        Samples.PutAll(writer);

        writer.SettleResources();
        writer.SettleEntitlements();
        writer.SettleGrants();

        Samples.AssertAll(writer.Reader);
        Samples.PutAll(writer);
        Samples.AssertAll(writer.Reader);
        writer.SettleGrants();
        Samples.AssertAll(writer.Reader);
    }

    [Fact]
    public void Put_OtherSyncsOfTheFile_AreNotMerged()
    {
        Write(SyncType.Full, Samples.PutAll);
        _folder.Time.Advance(TimeSpan.FromSeconds(1));

        Write(SyncType.Full, writer =>
        {
            Samples.PutAll(writer);
            Samples.PutAll(writer);
        });

        using var file = _folder.OpenRead("out.c1z");
        Assert.Equal(2, file.Syncs.All().Count);
        Assert.All(file.Syncs.All(), run => Samples.AssertAll(file.Read(run)));
    }

    private static void Run(List<Step> steps, SyncWriter writer, TestFolder folder, TableModel model)
    {
        foreach (var step in steps)
        {
            folder.Time.Advance(TimeSpan.FromSeconds(1));
            step.Apply(writer);
            model.Apply(step, folder.Time);
        }
    }

    private string Write(SyncType type, Action<SyncWriter> write)
    {
        using var file = _folder.OpenWrite("out.c1z");
        var writer = file.BeginSync(type);
        write(writer);
        writer.End();
        file.Save();
        return writer.Run.Id;
    }
}
