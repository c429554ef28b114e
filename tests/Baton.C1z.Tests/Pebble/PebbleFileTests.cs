using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.Protocol.Connector.V2;

namespace Baton.C1z.Tests.Pebble;

/// <summary>What is read of v3 files, held against the v1 files that they were made from.</summary>
public sealed class PebbleFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Fixture.Baseline)]
    [InlineData(Fixture.Expansion)]
    public void OpenRead_MadeOfAV1File_HoldsWhatThatHolds(string name)
    {
        using (var original = C1zFile.OpenRead(new Fixture(name).Path, _folder.Options))
        using (var file = OpenSample($"{name}.pebble.c1z"))
        {
            Assert.Equal((C1zVersion.V1, C1zVersion.V3), (original.Version, file.Version));
            var expected = original.Syncs.LatestFinished(SyncType.Full)!;
            var run = Assert.Single(file.Syncs.All());
            Assert.Equal(
                expected with { Token = "", Stats = null, StartedAtExtraNanoseconds = 0, EndedAtExtraNanoseconds = 0 },
                run with { Stats = null, StartedAtExtraNanoseconds = 0, EndedAtExtraNanoseconds = 0 });
            Assert.Equal(Contents(original, expected), Contents(file, run));
            Assert.Equal(original.Read(expected).Stats().ToJson(), run.Stats);
        }

        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void OpenRead_OddIds_HoldsWhatTheV1FileHolds()
    {
        using var original = C1zFile.OpenRead(PebbleSample.PathOf("odd-ids.c1z"), _folder.Options);
        using var file = OpenSample(PebbleSample.OddIds);
        var (expected, found) = (original.Syncs.Default()!, file.Syncs.Default()!);

        // Of two grants with one id, a v1 file keeps one.
        static bool IsTwin(string row) => row.Contains("an id of its own", StringComparison.Ordinal) && row.StartsWith("grant", StringComparison.Ordinal);
        Assert.Equal(Contents(original, expected).FindAll(row => !IsTwin(row)), Contents(file, found).FindAll(row => !IsTwin(row)));
        var access = file.Read(found).Grants(new() { EntitlementId = "an id of its own" }).Select(grant => $"{grant.Id} to {grant.Principal.Id.Resource}").ToList();
        access.Sort(StringComparer.Ordinal);
        Assert.Equal(["an id of its own:user:ada to ada", "dup to a:b:c", "no such to absent"], access);
    }

    [Theory]
    [InlineData("odd-ids-tar.pebble.c1z")]
    [InlineData("odd-ids-tar-zstd.pebble.c1z")]
    public void OpenRead_OtherEncoding_HoldsTheSame(string name)
    {
        using var indexed = OpenSample(PebbleSample.OddIds);
        using var archive = OpenSample(name);

        Assert.Equal(Contents(indexed, indexed.Syncs.Default()!), Contents(archive, archive.Syncs.Default()!));
    }

    [Fact]
    public void OpenRead_ResourceWithEverything_KeepsIt()
    {
        using var file = OpenSample(PebbleSample.OddIds);

        var ada = file.Read(file.Syncs.Default()!).FindResource("user", "ada")!;

        Assert.Equal("x", ada.Profile.Fields["login"].StringValue);
        Assert.Equal((Status.Types.ResourceStatus.Disabled, "gone"), (ada.Status.Status_, ada.Status.Details));
        Assert.Equal((1700000000, 123456789), (ada.CreatedAt.Seconds, ada.CreatedAt.Nanos));
        Assert.Equal(("icon-1", "first"), (ada.Icon.Id, ada.Description));
        Assert.True(Assert.Single(ada.Annotations).Is(UserTrait.Descriptor));
    }

    [Fact]
    public void OpenRead_GrantThatExpands_IsMarkedAsInAV1File()
    {
        using var file = OpenSample("unfinished.pebble.c1z");

        var (grant, expansion) = Assert.Single(file.Read(file.Syncs.All()[0]).ExpandableGrants());

        Assert.Equal("group:top:member:group:child", grant.Id);
        Assert.True(Assert.Single(grant.Annotations).Is(GrantImmutable.Descriptor));
        Assert.Equal(("group:child:member", true), (Assert.Single(expansion.EntitlementIds), expansion.Shallow));
    }

    [Fact]
    public void OpenRead_UnfinishedSync_IsUnfinishedHere()
    {
        using var file = OpenSample("unfinished.pebble.c1z");

        var run = Assert.Single(file.Syncs.All());

        Assert.False(run.IsFinished);
        Assert.Equal("""{"step":"grants"}""", run.Token);
        Assert.Equal(12, file.Read(run).Grants().Count());
    }

    [Fact]
    public void OpenRead_PartialSync_NamesItsParent()
    {
        using var file = OpenSample("partial.pebble.c1z");

        var run = Assert.Single(file.Syncs.All());

        Assert.Equal((SyncType.Partial, "3MVN1hcHANR2zv3RdqrpMENY6kQ"), (run.Type, run.ParentId));
    }

    [Fact]
    public void SaveSync_OfAV3File_WritesAV1FileOfTheSame()
    {
        List<string> before;
        using (var file = OpenSample(PebbleSample.OddIds))
        {
            before = Contents(file, file.Syncs.Default()!);
            file.SaveSync(file.Syncs.Default()!, _folder.In("v1.c1z"));
        }

        Assert.Equal("C1ZF\0"u8, File.ReadAllBytes(_folder.In("v1.c1z")).AsSpan(0, 5));
        using var saved = _folder.OpenWrite("v1.c1z");
        Assert.Equal(before, Contents(saved, saved.Syncs.Default()!));
    }

    [Fact]
    public void UnpackDatabase_OfAV3File_GivesTheTablesOfAV1File()
    {
        C1zFile.UnpackDatabase(PebbleSample.PathOf(PebbleSample.OddIds), _folder.In("db"), _folder.Options);

        using var database = SqliteDatabase.Open(_folder.In("db"));
        Assert.Equal("PNG", database.Scalar("SELECT CAST(data AS text) FROM v1_assets WHERE external_id = 'icon-1' AND content_type = 'image/png'"));
        Assert.Equal("16", database.Scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'index'"));
        Assert.Equal("ok", database.Scalar("PRAGMA integrity_check"));
        Assert.Equal("1", database.Scalar("SELECT count(*) FROM v1_sync_runs WHERE grants_backfilled = 1"));
    }

    [Fact]
    public void OpenWrite_V3File_IsRefusedAndLeftAlone()
    {
        var path = PebbleSample.CopyTo(_folder, PebbleSample.OddIds);
        var before = File.ReadAllBytes(path);

        var refusal = Assert.Throws<C1zException>(() => C1zFile.OpenWrite(path, _folder.Options));

        Assert.Equal(C1zError.UnsupportedVersion, refusal.Error);
        Assert.Contains($"make a v1 copy: baton export c1z -f {path} --out", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        _folder.AssertNothingIsLeft();
    }

    private C1zFile OpenSample(string name) => C1zFile.OpenAsIs(PebbleSample.PathOf(name), _folder.Options);

    // Without what a v3 file does not have: of other objects, anything but their ids.
    private static List<string> Contents(C1zFile file, SyncRun run)
    {
        var reader = file.Read(run);
        var rows = new List<string>();
        rows.AddRange(reader.ResourceTypes().Select(type => $"type {Canonical.One(type)}"));
        rows.AddRange(reader.Resources().Select(resource => $"resource {Canonical.One(Reduced(resource))}"));
        rows.AddRange(reader.Entitlements().Select(entitlement => $"entitlement {Canonical.One(Reduced(entitlement))}"));
        rows.AddRange(reader.GrantsWithExpansion().Select(grant => $"grant {Canonical.One(Reduced(grant.Grant))} {Canonical.One(grant.Expansion)}"));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static Resource Reduced(Resource resource)
    {
        var kept = resource.Clone();
        Resource.Descriptor.FindFieldByName("creation_source").Accessor.Clear(kept);
        return kept;
    }

    private static Entitlement Reduced(Entitlement entitlement)
    {
        var kept = entitlement.Clone();
        kept.Resource = Id(entitlement.Resource);
        var types = entitlement.GrantableTo.Select(type => new ResourceType { Id = type.Id }).ToList();
        kept.GrantableTo.Clear();
        kept.GrantableTo.AddRange(types);
        return kept;
    }

    private static Grant Reduced(Grant grant)
    {
        var kept = grant.Clone();
        kept.Entitlement = new Entitlement { Id = grant.Entitlement.Id, Resource = Id(grant.Entitlement.Resource) };
        var parent = grant.Principal.ParentResourceId;
        kept.Principal = Id(grant.Principal);
        kept.Principal.ParentResourceId = parent;
        return kept;
    }

    private static Resource Id(Resource resource) => new() { Id = resource.Id };
}
