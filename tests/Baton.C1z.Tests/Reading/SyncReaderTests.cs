using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.C1z.Tests.Reading;

public sealed class SyncReaderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly C1zFile _file;
    private readonly SyncWriter _writer;

    public SyncReaderTests()
    {
        _file = _folder.OpenWrite("out.c1z");
        _writer = _file.BeginSync(SyncType.Partial);
    }

    private SyncReader Reader => _writer.Reader;

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(3000)]
    public void Resources_AnyNumber_AllComeOnceAndInOrder(int count)
    {
        var resources = Enumerable.Range(0, count).Select(i => Samples.Resource("user", $"{count - i}")).ToList();
        _writer.Put(resources);

        Assert.Equal(resources, Reader.Resources());
        Assert.Equal(count, Reader.CountResources("user"));
    }

    [Fact]
    public void Resources_RowsWrittenMeanwhile_AreStreamedToo()
    {
        _writer.Put(Enumerable.Range(0, 1000).Select(i => Samples.Resource("user", $"{i}")).ToList());
        var seen = 0;

        foreach (var resource in Reader.Resources())
        {
            if (seen++ == 0)
            {
                _writer.Put([Samples.Resource("user", "late")]);
            }
        }

        Assert.Equal(1001, seen);
    }

    [Fact]
    public void Resources_Filters_Narrow()
    {
        Resource[] resources =
        [
            Samples.Resource("group", "1"), Samples.Resource("user", "1", Samples.ResourceId("group", "1")),
            Samples.Resource("user", "2", Samples.ResourceId("group", "2")), Samples.Resource("user", "3", Samples.ResourceId("org", "1")),
        ];
        _writer.Put(resources);

        Assert.Equal(resources[1..], Reader.Resources(new() { ResourceTypeId = "user" }));
        Assert.Equal([resources[1]], Reader.Resources(new() { ResourceTypeId = "user", ResourceId = "1" }));
        Assert.Equal(resources[1..3], Reader.Resources(new() { ParentTypeId = "group" }));
        Assert.Equal([resources[2]], Reader.Resources(new() { ParentTypeId = "group", ParentId = "2" }));
        Assert.Empty(Reader.Resources(new() { ResourceTypeId = "group", ParentTypeId = "group" }));
        Assert.Equal(resources, Reader.Resources(ListFilter.None));
    }

    [Fact]
    public void Entitlements_Filters_Narrow()
    {
        _writer.Put(Samples.Entitlements);

        Assert.Equal(Samples.Entitlements, Reader.Entitlements(new() { ResourceTypeId = "group" }));
        Assert.Equal([Samples.Entitlements[1]], Reader.Entitlements(new() { ResourceTypeId = "group", ResourceId = "2" }));
        Assert.Empty(Reader.Entitlements(new() { ResourceTypeId = "user" }));
        Assert.Equal(Samples.Entitlements, Reader.Entitlements(new() { EntitlementId = "of grants", PrincipalTypeId = "of grants" }));
    }

    [Fact]
    public void Grants_Filters_Narrow()
    {
        _writer.Put(Samples.Grants);
        var user = Samples.Grants[0];
        var group = Samples.WithoutExpandable(Samples.Grants[1]);

        Assert.Equal([user, group], Reader.Grants(new() { ResourceTypeId = "group" }));
        Assert.Equal([group], Reader.Grants(new() { ResourceTypeId = "group", ResourceId = "1" }));
        Assert.Equal([user], Reader.Grants(new() { EntitlementId = "group:2:member" }));
        Assert.Equal([group], Reader.Grants(new() { PrincipalTypeId = "group" }));
        Assert.Equal([user], Reader.Grants(new() { PrincipalTypeId = "user", PrincipalId = "ada" }));
        Assert.Empty(Reader.Grants(new() { EntitlementId = "group:2:member", PrincipalTypeId = "group" }));
    }

    [Fact]
    public void Find_Ids_OfThisSyncOnly()
    {
        Samples.PutAll(_writer);
        var id = _writer.Run.Id;
        var other = _file.BeginSync(SyncType.Partial);

        Assert.Equal(Samples.Resources[2], _file.Read(_file.Syncs.Find(id)!).FindResource("user", "ada"));
        Assert.Null(other.Reader.FindResource("user", "ada"));
        Assert.Null(other.Reader.FindResourceType("user"));
        Assert.Null(other.Reader.FindEntitlement("group:1:member"));
        Assert.Null(other.Reader.FindGrant(Samples.Grants[0].Id));
        Assert.Empty(other.Reader.Grants());
        Assert.Equal(0, other.Reader.CountResources("user"));
    }

    [Fact]
    public void Grants_SlimRows_GetTheirIdsFromTheColumns()
    {
        _writer.Put(Samples.Grants);
        var slim = new Grant { Id = "slim", Sources = new() };
        SetData("v1_grants", slim);

        var expected = new Grant
        {
            Id = "slim",
            Sources = new(),
            Entitlement = new() { Id = "group:1:member", Resource = new() { Id = Samples.ResourceId("group", "1") } },
            Principal = new() { Id = Samples.ResourceId("group", "2") },
        };
        Assert.Equal(expected, Reader.Grants().Last());
        Assert.Equal(expected, Reader.FindGrant(Samples.Grants[1].Id));
        Assert.Equal((expected, Samples.Expandable("group:2:member")), Assert.Single(Reader.ExpandableGrants()));
    }

    [Theory]
    [InlineData("v1_resource_types")]
    [InlineData("v1_resources")]
    [InlineData("v1_entitlements")]
    [InlineData("v1_grants")]
    public void List_RowThatIsNoMessage_IsDamageThatNamesTheFile(string table)
    {
        Samples.PutAll(_writer);
        _file.Access(database => database.Execute($"UPDATE {table} SET data = x'0AFF'"));

        AssertDamage(() => _ = table switch
        {
            "v1_resource_types" => Reader.ResourceTypes().Count(),
            "v1_resources" => Reader.Resources().Count(),
            "v1_entitlements" => Reader.Entitlements().Count(),
            _ => Reader.Grants().Count(),
        });
        AssertDamage(() => _ = table switch
        {
            "v1_resource_types" => (IMessage?)Reader.FindResourceType("user"),
            "v1_resources" => Reader.FindResource("user", "ada"),
            "v1_entitlements" => Reader.FindEntitlement("group:1:member"),
            _ => Reader.FindGrant(Samples.Grants[0].Id),
        });
    }

    [Fact]
    public void ExpandableGrants_ExpansionThatIsNoMessage_IsDamage()
    {
        Samples.PutAll(_writer);
        _file.Access(database => database.Execute("UPDATE v1_grants SET expansion = x'0AFF' WHERE needs_expansion = 1"));

        AssertDamage(() => _ = Reader.ExpandableGrants().Count());
    }

    [Fact]
    public void Stats_AfterARowWasTakenAway_AreCountedAgain()
    {
        Samples.PutAll(_writer);
        _writer.End();

        _writer.DeleteGrants([Samples.Grants[0].Id]);

        Assert.Equal(1, Reader.Stats().Grants);
    }

    [Fact]
    public void Read_ClosedFile_IsRefused()
    {
        var reader = Reader;
        _file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => reader.Grants().Count());
    }

    private void SetData(string table, IMessage message)
        => _file.Access(database => database.Execute(
            $"UPDATE {table} SET data = x'{Convert.ToHexString(message.ToByteArray())}' WHERE id = (SELECT max(id) FROM {table})"));

    private void AssertDamage(Action read)
    {
        var damage = Assert.Throws<C1zException>(read);

        Assert.Equal(C1zError.Corrupt, damage.Error);
        Assert.Contains(_file.Path, damage.Message, StringComparison.Ordinal);
    }
}
