using System.Text;
using Baton.C1z.Reading;
using Baton.C1z.Tests.Support;
using Baton.C1z.Syncs;

namespace Baton.C1z.Tests.Reading;

public sealed class StoredRowsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void Stored_MoreThanAPage_ComeInTheOrderOfTheirBytes()
    {
        string[] ids = [.. Enumerable.Range(0, 2500).Select(i => $"{i * 7919 % 2500}"), "字", "\uffff", "😀"];
        using var file = _folder.OpenWrite("x.c1z");
        using var writer = file.BeginSync(SyncType.Full);
        writer.Put(Array.ConvertAll(ids, id => Samples.Resource("user", id)));
        writer.End();

        var stored = writer.Reader.Stored(StoredTable.Resources).Select(row => Encoding.UTF8.GetString(row.Id)).ToArray();

        Assert.Equal(string.Join(' ', ids.Select(id => $"user:{id}").OrderBy(id => Convert.ToHexString(Encoding.UTF8.GetBytes(id)), StringComparer.Ordinal)), string.Join(' ', stored));
        Assert.Equal("😀", writer.Reader.FindResource(stored[^1])!.Id.Resource);
    }

    [Fact]
    public void HasSameBytes_GrantsWhoseKeysDiffer_IsFalse()
    {
        var row = new StoredRow([1], [2], [3]);

        Assert.True(row.HasSameBytes(new([9], [2], [3])));
        Assert.False(row.HasSameBytes(new([1], [2], [4])));
        Assert.False(row.HasSameBytes(new([1], [5], [3])));
    }

    [Fact]
    public void DanglingGrants_EveryKind_IsTold()
    {
        using var file = _folder.OpenWrite("x.c1z");
        using var writer = file.BeginSync(SyncType.Full);
        Samples.PutAll(writer);
        var lost = Samples.Entitlement("group", "404");
        writer.Put([Samples.Grant(lost, Samples.Resources[2]), Samples.Grant(Samples.Entitlements[0], Samples.Resource("user", "ghost"))]);
        writer.End();

        Assert.Equal(
            [
                new DanglingGrant("group:404:member:user:ada", "group", LacksEntitlement: true, LacksResource: true, LacksPrincipal: false),
                new DanglingGrant("group:1:member:user:ghost", "group", LacksEntitlement: false, LacksResource: false, LacksPrincipal: true),
            ],
            writer.Reader.DanglingGrants());
        Assert.Equal((1L, 2L, 0L), (writer.Reader.CountGrants("user", "ghost"), writer.Reader.CountGrants("user", "ada"), writer.Reader.CountGrants("user", "nobody")));
    }

    [Fact]
    public void GrantKeys_EveryGrant_SayWhatTheMessagesDo()
    {
        using var file = _folder.OpenWrite("x.c1z");
        using var writer = file.BeginSync(SyncType.Full);
        Samples.PutAll(writer);
        writer.End();

        var expected = writer.Reader.Grants().Select(grant => new GrantKeys(
            grant.Entitlement.Id, ("group", grant.Entitlement.Resource.Id.Resource), (grant.Principal.Id.ResourceType, grant.Principal.Id.Resource)));
        Assert.Equal(expected, writer.Reader.GrantKeys());
        Assert.Equal([expected.First()], writer.Reader.GrantKeys(new() { EntitlementIds = ["group:2:member", "x\"y"] }));
        Assert.Empty(writer.Reader.GrantKeys(new() { EntitlementIds = [] }));
    }

    public void Dispose() => _folder.Dispose();
}
