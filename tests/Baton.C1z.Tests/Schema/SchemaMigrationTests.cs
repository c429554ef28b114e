using Baton.C1z.Tests.Support;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Tests.Schema;

public sealed class SchemaMigrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MoveExpansions_SyncOfAnOldWriter_MovesAnnotationsToTheColumn()
    {
        var expandable = Samples.Grants[1];
        var plain = Samples.Grants[0];
        var blank = Samples.Grant(Samples.Entitlements[0], Samples.Resources[0], Samples.Expandable(" "));
        var elsewhere = Samples.Grant(Samples.Entitlements[0], Samples.Resources[2]);
        elsewhere.Principal = Samples.Resources[2].Clone();
        elsewhere.Principal.Annotations.Add(Any.Pack(Samples.Expandable("x")));
        var path = WriteLegacy([expandable, plain, blank, elsewhere]);

        using (var file = C1zFile.OpenWrite(path, _folder.Options))
        {
            var reader = file.Read(file.Syncs.Default()!);
            Assert.Equal([Samples.WithoutExpandable(expandable), plain, Samples.WithoutExpandable(blank), elsewhere], reader.Grants());
            Assert.Equal([(Samples.WithoutExpandable(expandable), Samples.Expandable("group:2:member"))], reader.ExpandableGrants());
            file.Save();
        }

        using var raw = new RawFile(path);
        Assert.Equal(["1", "0", "0", "0"], raw.Query("SELECT needs_expansion FROM v1_grants ORDER BY id"));
        Assert.Equal(["blob", "null", "null", "null"], raw.Query("SELECT typeof(expansion) FROM v1_grants ORDER BY id"));
        Assert.Equal(["1"], raw.Query("SELECT grants_backfilled FROM v1_sync_runs"));
        Assert.Equal([Convert.ToHexString(plain.ToByteArray())], raw.Query("SELECT hex(data) FROM v1_grants WHERE id = 2"));
    }

    [Fact]
    public void MoveExpansions_MoreRowsThanAPage_ReachesAllOfThem()
    {
        var grants = Enumerable.Range(0, 2500).Select(i => Samples.Grant(
            Samples.Entitlements[0], Samples.Resource("user", $"{i}"), i % 1000 is 0 or 999 ? [Samples.Expandable("e")] : []));
        var path = WriteLegacy([.. grants]);

        using var file = C1zFile.OpenRead(path, _folder.Options);

        Assert.Equal(
            Samples.ResourceId("user", "0 999 1000 1999 2000").Resource,
            string.Join(' ', file.Read(file.Syncs.Default()!).ExpandableGrants().Select(row => row.Grant.Principal.Id.Resource)));
    }

    [Fact]
    public void MoveExpansions_SyncThatIsDone_IsNotLookedAt()
    {
        // An annotation left in the message of a current sync is what its writer wanted.
        var path = WriteLegacy([Samples.Grants[1]], "ALTER TABLE v1_sync_runs ADD COLUMN grants_backfilled integer not null default 0; UPDATE v1_sync_runs SET grants_backfilled = 1;");

        using var file = C1zFile.OpenRead(path, _folder.Options);

        Assert.Equal([Samples.Grants[1]], file.Read(file.Syncs.Default()!).Grants());
        Assert.Empty(file.Read(file.Syncs.Default()!).ExpandableGrants());
    }

    [Fact]
    public void MoveExpansions_RowThatIsNoGrant_IsDamage()
    {
        var path = WriteLegacy([Samples.Grants[1]], "UPDATE v1_grants SET data = x'FF' || data || CAST('c1.connector.v2.GrantExpandable' AS blob);");

        var refusal = Assert.Throws<C1zException>(() => C1zFile.OpenRead(path, _folder.Options));

        Assert.Equal(C1zError.Corrupt, refusal.Error);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        _folder.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("sync_type text not null default 'full'")]
    [InlineData("sync_type text not null default 'full', parent_sync_id text not null default '', linked_sync_id text not null default '', supports_diff integer not null default 0")]
    public void AddMissingColumns_SomeAreThere_AddsTheOthers(string columns)
    {
        var path = WriteLegacy([], string.Concat(columns.Split(", ").Select(column => $"ALTER TABLE v1_sync_runs ADD COLUMN {column};")));

        using var file = C1zFile.OpenRead(path, _folder.Options);

        Assert.Equal("full", Assert.Single(file.Syncs.All()).TypeName);
        Assert.Equal(14, file.Access(database => RawFile.Query(database, "SELECT name FROM pragma_table_info('v1_sync_runs')")).Count);
    }

    // The tables of the fixture from the oldest writer, with our rows in them.
    private string WriteLegacy(Grant[] grants, string more = "")
    {
        using var legacy = new RawFile(new Fixture(Fixture.Legacy).Path);
        var rows = string.Concat(grants.Select(grant =>
            "INSERT INTO v1_grants (resource_type_id, resource_id, entitlement_id, principal_resource_type_id, principal_resource_id, external_id, data, sync_id, discovered_at) "
            + $"SELECT '', '', '', '', '', '{grant.Id}', x'{Convert.ToHexString(grant.ToByteArray())}', sync_id, '2026-01-01 00:00:00' FROM v1_sync_runs;"));
        return _folder.Write("legacy.c1z", RawFile.PackDatabase("DELETE FROM v1_grants;" + rows + more, legacy.Database));
    }
}
