using Baton.C1z.Container;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.Protocol.Connector.V2;
using CsCheck;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Tests;

public sealed class C1zFileTests : IDisposable
{
    // Any text that UTF-8 can carry: separators, NUL, characters beyond the first plane.
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String[Gen.Char['\0', '\uD7FF'], 0, 12],
        Gen.String.AlphaNumeric,
        Gen.Int[0, 3].Select(pick => pick switch { 0 => "a:b", 1 => "a\0b", 2 => "😀", _ => "é" }));

    private static readonly Gen<Any> AnyAnnotation = Gen.OneOf(
        AnyText.Select(text => Any.Pack(new UserTrait { Login = text })),
        AnyText.Select(text => Any.Pack(new ChildResourceType { ResourceTypeId = text })),
        Gen.Byte.Array[0, 8].Select(bytes => new Any { TypeUrl = "example.org/c1.connector.v2.Later", Value = Google.Protobuf.ByteString.CopyFrom(bytes) }));

    private static readonly Gen<ResourceId> AnyId = Gen.Select(AnyText, AnyText, Samples.ResourceId);

    private static readonly Gen<Resource> AnyResource = Gen.Select(AnyId, AnyId.Null(), AnyText, AnyAnnotation.List[0, 3], (id, parent, name, annotations) =>
        new Resource { Id = id, ParentResourceId = parent, DisplayName = name, Annotations = { annotations } });

    private static readonly Gen<Entitlement> AnyEntitlement = Gen.Select(AnyText, AnyResource, AnyText, AnyAnnotation.List[0, 2], (id, resource, name, annotations) =>
        new Entitlement { Id = id, Resource = resource, DisplayName = name, Annotations = { annotations } });

    private static readonly Gen<Grant> AnyGrant = Gen.Select(AnyText, AnyEntitlement, AnyResource, AnyText, AnyAnnotation.List[0, 2], (id, entitlement, principal, source, annotations) =>
        new Grant
        {
            Id = id,
            Entitlement = entitlement,
            Principal = principal,
            Annotations = { annotations },
            Sources = new() { Sources = { [source] = new() { IsDirect = true } } },
        });

    private static readonly Gen<ResourceType> AnyType = Gen.Select(AnyText, AnyText, AnyAnnotation.List[0, 2], (id, name, annotations) =>
        new ResourceType { Id = id, DisplayName = name, Annotations = { annotations } });

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_AnyMessages_AreReadBackEqual()
        => Gen.Select(AnyType.List[0, 4], AnyResource.List[0, 8], AnyEntitlement.List[0, 8], AnyGrant.List[0, 8], Gen.Bool).Sample(
            (types, resources, entitlements, grants, full) =>
            {
                types = [.. types.DistinctBy(type => type.Id, StringComparer.Ordinal)];
                resources = [.. resources.DistinctBy(resource => $"{resource.Id.ResourceType}:{resource.Id.Resource}", StringComparer.Ordinal)];
                entitlements = [.. entitlements.DistinctBy(entitlement => entitlement.Id, StringComparer.Ordinal)];
                grants = [.. grants.DistinctBy(grant => grant.Id, StringComparer.Ordinal)];
                using var folder = new TestFolder();
                using (var file = folder.OpenWrite("out.c1z"))
                {
                    var writer = file.BeginSync(full ? SyncType.Full : SyncType.Partial);
                    writer.Put(types);
                    writer.Put(resources);
                    writer.Put(entitlements);
                    writer.Put(grants);
                    writer.End();
                    file.Save();
                }

                using (var file = folder.OpenRead("out.c1z"))
                {
                    var reader = file.Read(file.Syncs.Default()!);
                    Assert.Equal(types, reader.ResourceTypes());
                    Assert.Equal(resources, reader.Resources());
                    Assert.Equal(entitlements, reader.Entitlements());
                    Assert.Equal(grants, reader.Grants());
                    Assert.All(types, type => Assert.Equal(type, reader.FindResourceType(type.Id)));
                    Assert.All(resources, resource => Assert.Equal(resource, reader.FindResource(resource.Id.ResourceType, resource.Id.Resource)));
                    Assert.All(entitlements, entitlement => Assert.Equal(entitlement, reader.FindEntitlement(entitlement.Id)));
                    Assert.All(grants, grant => Assert.Equal(grant, reader.FindGrant(grant.Id)));
                }

                folder.AssertNothingIsLeft();
            },
            iter: 100);

    [Fact]
    public void Save_NewFile_IsADatabaseAsUpstreamWritesIt()
    {
        using (var file = _folder.OpenWrite("out.c1z"))
        {
            var writer = file.BeginSync(SyncType.Full);
            Samples.PutAll(writer);
            writer.End();
            var saved = file.Save();
            Assert.Equal(_folder.In("out.c1z"), saved.Path);
            Assert.Equal(new FileInfo(saved.Path).Length, saved.EncodedBytes);
            Assert.Equal(0, saved.DecodedBytes % 4096);
        }

        _folder.AssertNothingIsLeft();
        using var raw = new RawFile(_folder.In("out.c1z"));
        AssertHeader(raw);
        Assert.Equal(DatabaseShape.OfANewFile, DatabaseShape.Of(raw));
        Assert.Equal(7 + 16, DatabaseShape.OfANewFile.Count);
        Assert.Equal(["ok"], raw.Query("PRAGMA integrity_check"));
    }

    [Fact]
    public void Save_NewFile_HasTheShapeOfUpstreamsOwn()
    {
        using var upstream = new RawFile(new Fixture(Fixture.Baseline).Path);

        Assert.Equal(DatabaseShape.Of(upstream), DatabaseShape.OfANewFile);
    }

    [Fact]
    public void Save_LegacyFile_HasTheCurrentShape()
    {
        var path = _folder.Copy(new(Fixture.Legacy));

        using (var file = C1zFile.OpenWrite(path, _folder.Options))
        {
            file.Save();
        }

        using var raw = new RawFile(path);
        AssertHeader(raw);
        Assert.Equal(DatabaseShape.OfANewFile.Order(StringComparer.Ordinal), WithoutColumnOrder(DatabaseShape.Of(raw)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Save_NothingWritten_IsAnEmptyFile()
    {
        using (var file = _folder.OpenWrite("out.c1z"))
        {
            file.Save();
        }

        using var reopened = _folder.OpenRead("out.c1z");
        Assert.Empty(reopened.Syncs.All());
    }

    [Fact]
    public void Dispose_WithoutSaving_LeavesTheFileAlone()
    {
        var path = _folder.Copy(new(Fixture.Baseline));
        var before = File.ReadAllBytes(path);

        using (var file = C1zFile.OpenWrite(path, _folder.Options))
        {
            Samples.PutAll(file.BeginSync(SyncType.Full));
        }

        using (var file = _folder.OpenWrite("never.c1z"))
        {
            file.BeginSync(SyncType.Full);
        }

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.False(File.Exists(_folder.In("never.c1z")));
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Save_SecondTime_IsRefused()
    {
        using var file = _folder.OpenWrite("out.c1z");
        file.Save();

        Assert.Throws<ObjectDisposedException>(() => file.Save());
        Assert.Throws<ObjectDisposedException>(() => file.Syncs.All());
    }

    [Fact]
    public void OpenRead_ThenWriting_IsRefused()
    {
        var path = _folder.Copy(new(Fixture.Baseline));
        using var file = C1zFile.OpenRead(path, _folder.Options);

        Assert.Throws<InvalidOperationException>(() => file.BeginSync(SyncType.Full));
        Assert.Throws<InvalidOperationException>(() => file.ResumeSync(file.Syncs.All()[0]));
        Assert.Throws<InvalidOperationException>(() => file.Save());
        Assert.Single(file.Syncs.All());
    }

    [Fact]
    public void Save_DestinationBecameAFolder_KeepsNothingBehind()
    {
        using (var file = _folder.OpenWrite("out.c1z"))
        {
            Directory.CreateDirectory(_folder.In("out.c1z"));
            Assert.Equal(C1zError.NotWritable, Assert.Throws<C1zException>(() => file.Save()).Error);
        }

        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void OpenWrite_FileThatAnotherProcessWrites_IsRefused()
    {
        var path = _folder.Copy(new(Fixture.Baseline));
        var before = File.ReadAllBytes(path);
        using var other = ChildProcess.Start(ChildParts.Hold, path, _folder.Temporary);
        Assert.Equal("ready", other.ReadLine());

        var refusal = Assert.Throws<C1zException>(() => C1zFile.OpenWrite(path, _folder.Options));

        Assert.Equal(C1zError.NotWritable, refusal.Error);
        Assert.Contains("another process is writing it", refusal.Message, StringComparison.Ordinal);
        C1zFile.OpenRead(path, _folder.Options).Dispose();
        other.GoOn();
        Assert.Equal(0, other.WaitForExit());
        C1zFile.OpenWrite(path, _folder.Options).Dispose();
        Assert.Equal(before, File.ReadAllBytes(path));
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void OpenWrite_ProcessThatHeldTheFileWasKilled_GoesOn()
    {
        var path = _folder.Copy(new(Fixture.Baseline));
        using (var other = ChildProcess.Start(ChildParts.Hold, path, _folder.Temporary))
        {
            Assert.Equal("ready", other.ReadLine());
            other.Kill();
        }

        Assert.True(File.Exists(path + ".tmp"), "a killed process cleaned up");
        C1zFile.OpenWrite(path, _folder.Options).Dispose();
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Save_NoSpaceForTheWorkingCopy_LeavesTheOldFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs setrlimit");
        var path = _folder.Copy(new(Fixture.Baseline));
        var before = File.ReadAllBytes(path);
        using var child = ChildProcess.Start(ChildParts.SyncWithoutSpace, path, _folder.Temporary);

        var line = child.ReadLine();

        Assert.StartsWith($"NotWritable: cannot work on {path} in {_folder.Temporary}", line, StringComparison.Ordinal);
        Assert.Contains("BATON_TMPDIR", line, StringComparison.Ordinal);
        Assert.Equal(2, child.WaitForExit());
        Assert.Equal(before, File.ReadAllBytes(path));
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void OpenWrite_TemporaryFolder_IsWhereSqliteSpillsToo()
    {
        using var child = ChildProcess.Start(ChildParts.SpillFolder, _folder.In("out.c1z"), _folder.Temporary);

        Assert.Equal(_folder.Temporary, child.ReadLine());
        Assert.Equal(0, child.WaitForExit());
    }

    [Fact]
    public void OpenWrite_StartFromSavedProgress_GoesOnFromThere()
    {
        var path = _folder.Copy(new(Fixture.Baseline), "out.c1z");
        var before = File.ReadAllBytes(path);
        using (var file = C1zFile.OpenWrite(path, _folder.Options))
        {
            var writer = file.BeginSync(SyncType.Full);
            writer.Put(Samples.Types);
            Assert.Equal(path + ".partial", file.Save(".partial").Path);
        }

        Assert.Equal(before, File.ReadAllBytes(path));
        using (var file = C1zFile.OpenWrite(path, _folder.Options, startFrom: path + ".partial"))
        {
            Assert.Equal(2, file.Syncs.All().Count);
            Assert.Equal(path, file.Path);
            file.Save();
        }

        using var reopened = C1zFile.OpenRead(path, _folder.Options);
        Assert.Equal(Samples.Types, reopened.Read(reopened.Syncs.LatestUnfinished()!).ResourceTypes());
    }

    [Theory]
    [InlineData("absent.c1z", C1zError.Missing)]
    [InlineData("empty.c1z", C1zError.Missing)]
    [InlineData("text.c1z", C1zError.NotC1z)]
    public void OpenWrite_StartFromNothing_IsRefused(string name, C1zError error)
    {
        var path = _folder.Copy(new(Fixture.Baseline), "out.c1z");
        _folder.Write("empty.c1z", []);
        _folder.Write("text.c1z", "This is not a file of ours."u8);

        var refusal = Assert.Throws<C1zException>(() => C1zFile.OpenWrite(path, _folder.Options, startFrom: _folder.In(name)));

        Assert.Equal(error, refusal.Error);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void OpenWrite_ForeignFileAtTheOutput_IsNotReplaced()
    {
        var good = _folder.Copy(new(Fixture.Baseline), "good.c1z");
        byte[][] foreign = ["C1Z3\0 and so on"u8.ToArray(), "This is not a file of ours."u8.ToArray()];

        foreach (var bytes in foreign)
        {
            var path = _folder.Write("out.c1z", bytes);
            Assert.Throws<C1zException>(() => C1zFile.OpenWrite(path, _folder.Options));
            Assert.Throws<C1zException>(() => C1zFile.OpenWrite(path, _folder.Options, startFrom: good));
            Assert.Equal(bytes, File.ReadAllBytes(path));
        }

        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void OpenWrite_EmptyFile_IsStarted()
    {
        _folder.Write("out.c1z", []);

        using (var file = _folder.OpenWrite("out.c1z"))
        {
            Assert.Empty(file.Syncs.All());
            file.BeginSync(SyncType.Full).End();
            file.Save();
        }

        using var reopened = _folder.OpenRead("out.c1z");
        Assert.Single(reopened.Syncs.All());
    }

    [Fact]
    public void BeginSync_WhileAnotherIsWritten_KeepsTheRowsOfBoth()
    {
        using (var file = _folder.OpenWrite("out.c1z"))
        {
            var first = file.BeginSync(SyncType.Full);
            Samples.PutAll(first);
            Samples.PutAll(first);
            first.End();
            _folder.Time.Advance(TimeSpan.FromSeconds(1));
            var second = file.BeginSync(SyncType.Full);
            Samples.PutAll(second);
            Samples.PutAll(second);
            Assert.Equal(2, file.Syncs.All().Count);
            file.Save();
        }

        using var reopened = _folder.OpenRead("out.c1z");
        Assert.All(reopened.Syncs.All(), run => Samples.AssertAll(reopened.Read(run)));
        using var raw = new RawFile(_folder.In("out.c1z"));
        Assert.Equal(DatabaseShape.OfANewFile, DatabaseShape.Of(raw));
    }

    [Fact]
    public void OpenRead_ManyAtOnce_DoNotDisturbEachOther()
    {
        var path = _folder.Copy(new(Fixture.Expansion));

        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using var file = C1zFile.OpenRead(path, _folder.Options);
            Assert.Equal(15, file.Read(file.Syncs.Default()!).Grants().Count());
        });

        _folder.AssertNothingIsLeft();
    }

    // Bytes of the SQLite header, sqlite.org/fileformat.html: page size, versions 1 (rollback journal), encoding, and what stays zero.
    private static void AssertHeader(RawFile raw)
    {
        Assert.Equal("SQLite format 3\0"u8, raw.Database.AsSpan(0, 16));
        Assert.Equal([0x10, 0x00, 1, 1, 0], raw.Database[16..21]);
        Assert.Equal([0, 0, 0, 1], raw.Database[56..60]);
        Assert.Equal(new byte[4], raw.Database[52..56]);
        Assert.Equal(new byte[4], raw.Database[60..64]);
        Assert.Equal(new byte[4], raw.Database[68..72]);
        Assert.Equal(raw.Database.Length, ZstdFrameHeader.Parse(raw.Bytes.AsSpan(5))?.ContentSize);
    }

    // A column that was added stands behind those that were there.
    private static IEnumerable<string> WithoutColumnOrder(IEnumerable<string> shape)
        => shape.Select(line => DatabaseShape.OfANewFile.SingleOrDefault(expected => Parts(expected).SetEquals(Parts(line))) ?? line);

    private static HashSet<string> Parts(string line) => [.. line.Split(", ").SelectMany(part => part.Split(": "))];
}
