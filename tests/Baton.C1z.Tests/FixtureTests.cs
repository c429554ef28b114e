using System.Text.Json;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.Protocol.Cli.V1;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Tests;

/// <summary>Files that upstream wrote, held against what upstream's own reader makes of them. The order of rows is part of it.</summary>
public sealed class FixtureTests : IDisposable
{
    // Columns of the current schema that a fixture of the old one does not list, with what migration must put there.
    private static readonly Dictionary<string, string> Migrated = new(StringComparer.Ordinal)
    {
        ["sync_type"] = "\"full\"",
        ["parent_sync_id"] = "\"\"",
        ["linked_sync_id"] = "\"\"",
        ["supports_diff"] = "0",
        ["grants_backfilled"] = "1",
        ["stats"] = "null",
        ["ingest_invariant_generation"] = "\"\"",
        ["ingest_invariant_coverage"] = "\"\"",
        ["ingest_invariant_mode"] = "\"\"",
        ["expansion"] = "null",
        ["needs_expansion"] = "0",
    };

    private static readonly Dictionary<string, string[]> Columns = new(StringComparer.Ordinal)
    {
        ["sync_runs"] =
        [
            "id", "sync_id", "started_at", "ended_at", "sync_token", "sync_type", "parent_sync_id", "linked_sync_id", "supports_diff",
            "grants_backfilled", "stats", "ingest_invariant_generation", "ingest_invariant_coverage", "ingest_invariant_mode",
        ],
        ["resource_types"] = ["id", "external_id", "sync_id", "data_sha256"],
        ["resources"] = ["id", "resource_type_id", "external_id", "parent_resource_type_id", "parent_resource_id", "sync_id", "data_sha256"],
        ["entitlements"] = ["id", "resource_type_id", "resource_id", "external_id", "sync_id", "data_sha256"],
        ["grants"] =
        [
            "id", "resource_type_id", "resource_id", "entitlement_id", "principal_resource_type_id", "principal_resource_id", "external_id",
            "expansion", "needs_expansion", "sync_id", "data_sha256",
        ],
    };

    private readonly TestFolder _folder = new();

    public static TheoryData<string> Names => Fixture.Names;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void OpenRead_Fixture_ShowsWhatUpstreamShows(string name)
    {
        var fixture = new Fixture(name);

        using (var file = C1zFile.OpenRead(fixture.Path, _folder.Options))
        {
            var run = file.Syncs.Default();

            Assert.NotNull(run);
            AssertListings(fixture, file.Read(run), syncId: null);
            Assert.Equal(
                Canonical.All(fixture.Listing<ResourceTypeListOutput>("resource-types").ResourceTypes.Select(row => row.ResourceType)),
                Canonical.All(file.Read(run).ResourceTypes()));
        }

        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Read_SyncThatIsNotTheDefault_ShowsWhatUpstreamShowsOfIt()
    {
        var fixture = new Fixture(Fixture.TwoSyncs);
        using var file = C1zFile.OpenRead(fixture.Path, _folder.Options);

        var runs = file.Syncs.All();

        Assert.Equal(2, runs.Count);
        Assert.Equal(runs[1], file.Syncs.Default());
        Assert.All(runs, run => AssertListings(fixture, file.Read(run), run.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_Fixture_AreTheSyncsThatUpstreamLists(string name)
    {
        var fixture = new Fixture(name);
        using var file = C1zFile.OpenRead(fixture.Path, _folder.Options);

        var runs = file.Syncs.All();

        var expected = fixture.Listing<SyncListOutput>("syncs").Syncs;
        Assert.Equal(
            expected.Select(sync => (sync.Id, ToTicks(sync.StartedAt), ToTicks(sync.EndedAt), sync.SyncToken, sync.SyncType, sync.ParentSyncId)),
            runs.Select(run => (run.Id, Timestamp.FromDateTimeOffset(run.StartedAt), Timestamp.FromDateTimeOffset(run.EndedAt!.Value), run.Token, run.TypeName, run.ParentId)));
        Assert.All(runs, run => Assert.True(run.IsFinished && run.Type == SyncType.Full));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OpenRead_Fixture_HasEveryColumnOfEveryRow(string name)
    {
        var fixture = new Fixture(name);
        using var file = C1zFile.OpenRead(fixture.Path, _folder.Options);

        AssertTables(fixture, file);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stats_Fixture_AreThoseThatUpstreamStored(string name)
    {
        var fixture = new Fixture(name);
        using var file = C1zFile.OpenRead(fixture.Path, _folder.Options);

        foreach (var run in file.Syncs.All().Where(run => run.Stats is not null))
        {
            Assert.Equal(run.Stats, file.Read(run).Stats().ToJson());
        }
    }

    [Fact]
    public void ExpandableGrants_Fixture_AreThoseThatTheConnectorMarked()
    {
        var fixture = new Fixture(Fixture.Expansion);
        using var file = C1zFile.OpenRead(fixture.Path, _folder.Options);

        var expandable = file.Read(file.Syncs.Default()!).ExpandableGrants().ToList();

        var marked = fixture.Rows("grants").Where(row => row.GetProperty("needs_expansion").GetInt32() == 1).ToList();
        Assert.Equal(3, marked.Count);
        Assert.Equal(
            marked.Select(row => (row.GetProperty("external_id").GetString()!, row.GetProperty("expansion").GetString()!)),
            expandable.Select(row => (row.Grant.Id, Convert.ToHexStringLower(row.Expansion.ToByteArray()))));
        Assert.All(expandable, row => Assert.Equal(["user"], row.Expansion.ResourceTypeIds));
        Assert.All(expandable, row => Assert.DoesNotContain(row.Grant.Annotations, annotation => annotation.Is(GrantExpandable.Descriptor)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Save_SyncAppendedToAFixture_LeavesTheEarlierSyncsAsTheyWere(string name)
    {
        var fixture = new Fixture(name);
        var path = _folder.Copy(fixture);
        SyncRun appended;

        using (var file = C1zFile.OpenWrite(path, _folder.Options))
        {
            var writer = file.BeginSync(SyncType.Full);
            appended = writer.Run;
            Samples.PutAll(writer);
            writer.End();
            file.Save();
        }

        using (var file = C1zFile.OpenRead(path, _folder.Options))
        {
            var earlier = fixture.Rows("sync_runs").Select(row => row.GetProperty("sync_id").GetString()).ToList();
            Assert.Equal([.. earlier, appended.Id], file.Syncs.All().Select(run => run.Id), StringComparer.Ordinal);
            Assert.Equal(appended.Id, file.Syncs.Default()?.Id);
            Samples.AssertAll(file.Read(file.Syncs.Default()!));
            AssertListings(fixture, file.Read(file.Syncs.All()[^2]), syncId: null);
            file.Access(database => database.Execute($"DELETE FROM v1_sync_runs WHERE sync_id = '{appended.Id}'"));
            file.Access(database =>
            {
                foreach (var table in Columns.Keys)
                {
                    database.Execute($"DELETE FROM v1_{table} WHERE sync_id = '{appended.Id}'");
                }
            });
            AssertTables(fixture, file);
        }

        _folder.AssertNothingIsLeft();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Save_PartialSyncAppendedToAFixture_HangsOnTheLatestFullOne(string name)
    {
        var path = _folder.Copy(new(name));
        string? full;

        using (var file = C1zFile.OpenWrite(path, _folder.Options))
        {
            full = file.Syncs.LatestFinished(SyncType.Full)?.Id;
            var writer = file.BeginSync(SyncType.Partial);
            Samples.PutAll(writer);
            writer.End();
            file.Save();
        }

        using (var file = C1zFile.OpenRead(path, _folder.Options))
        {
            var partial = file.Syncs.Default();
            Assert.Equal(SyncType.Partial, partial?.Type);
            Assert.Equal(full, partial?.ParentId);
            Assert.Equal(full, file.Syncs.LatestFinished(SyncType.Full)?.Id);
            Samples.AssertAll(file.Read(partial!));
        }
    }

    private static void AssertListings(Fixture fixture, SyncReader reader, string? syncId)
    {
        var resources = fixture.Listing<ResourceListOutput>("resources", syncId).Resources;
        Assert.Equal(Canonical.All(resources.Select(row => row.Resource)), Canonical.All(reader.Resources()));
        Assert.All(resources, row =>
        {
            AssertSame(row.ResourceType, reader.FindResourceType(row.Resource.Id.ResourceType));
            AssertSame(row.Resource, reader.FindResource(row.Resource.Id.ResourceType, row.Resource.Id.Resource));
            if (row.Resource.ParentResourceId is { } parent)
            {
                AssertSame(row.Parent, reader.FindResource(parent.ResourceType, parent.Resource));
            }
        });

        var entitlements = fixture.Listing<EntitlementListOutput>("entitlements", syncId).Entitlements;
        Assert.Equal(Canonical.All(entitlements.Select(row => row.Entitlement)), Canonical.All(reader.Entitlements()));
        Assert.All(entitlements, row => AssertSame(row.Entitlement, reader.FindEntitlement(row.Entitlement.Id)));

        var grants = fixture.Listing<GrantListOutput>("grants", syncId).Grants;
        Assert.Equal(Canonical.All(grants.Select(row => row.Grant)), Canonical.All(reader.Grants()));
        Assert.All(grants, row =>
        {
            AssertSame(row.Grant, reader.FindGrant(row.Grant.Id));
            AssertSame(row.Entitlement, reader.FindEntitlement(row.Grant.Entitlement.Id));
            AssertSame(row.Principal, reader.FindResource(row.Grant.Principal.Id.ResourceType, row.Grant.Principal.Id.Resource));
        });
    }

    private static void AssertSame(IMessage? expected, IMessage? actual) => Assert.Equal(Canonical.One(expected), Canonical.One(actual));

    private static void AssertTables(Fixture fixture, C1zFile file)
    {
        foreach (var (table, columns) in Columns)
        {
            var list = string.Join(", ", columns.Select(column => column switch
            {
                "data_sha256" => "hex(data)",
                "expansion" => "CASE WHEN expansion IS NULL THEN NULL ELSE lower(hex(expansion)) END",
                _ => column,
            }));
            var rows = file.Access(database => RawFile.Query(database, $"SELECT json_array({list}) FROM v1_{table} ORDER BY id"));

            var expected = fixture.Rows(table).Select(row => columns.Select(column => Expected(row, column)));
            Assert.Equal(expected, rows.Select(row => columns.Zip(JsonDocument.Parse(row).RootElement.EnumerateArray(), Actual)));
        }
    }

    private static string Expected(JsonElement row, string column)
        => row.TryGetProperty(column, out var value) ? JsonSerializer.Serialize(value) : Migrated[column];

    private static string Actual(string column, JsonElement value)
        => JsonSerializer.Serialize(column == "data_sha256" ? JsonSerializer.SerializeToElement(RawFile.Sha256(Convert.FromHexString(value.GetString()!))) : value);

    private static Timestamp ToTicks(Timestamp time) => new() { Seconds = time.Seconds, Nanos = time.Nanos / 100 * 100 };
}
