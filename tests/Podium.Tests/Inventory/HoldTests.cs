using Podium.Audit;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory.Applying;

namespace Podium.Tests.Inventory;

public sealed class HoldTests
{
    public static TheoryData<DatabaseKind> Kinds => InventoryRig.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_MoreThanHalfOfTheAccountsWouldEnd_IsHeldUntilConfirmed(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana(users: 10);
        await rig.SyncAsync(upload);
        for (var user = 5; user <= 10; user++)
        {
            upload.RemoveUser($"{user}");
        }

        var (id, path) = await rig.ReceiveAsync(upload);
        var outcome = await rig.Apply.ApplyAsync(id, path, Cancellation);

        Assert.Equal((SyncState.Held, "6 of 10 accounts would end (60 %, the limit is 50 %). (and 1 more)"), (outcome.State, outcome.Reason));
        Assert.Equal([HoldKind.Accounts, HoldKind.Grants], outcome.Difference!.Holds.Select(hold => hold.Kind));
        Assert.Equal(("Organization 1", 6, 11), (outcome.Difference.Losses[0].Name, (int)outcome.Difference.Losses[0].Ended, (int)outcome.Difference.Losses[0].Before));
        Assert.Equal(10, (await rig.AccountsAsync()).Count);
        var sync = (await rig.AllAsync<Sync>()).Single(each => each.Id == id);
        Assert.Equal(outcome.Difference.Holds, SyncDifference.Parse(sync.Difference!).Holds);

        var confirmed = await rig.Apply.ConfirmAsync(id, path, Actor.Operator, Cancellation);

        Assert.Equal((SyncState.Applied, 4), (confirmed.State, (await rig.AccountsAsync()).Count));
        Assert.Contains(await rig.AllAsync<AuditRow>(), row => row is { Kind: "sync.confirmed", ActorKind: ActorKind.Operator });
    }

    [Fact]
    public async Task ApplyAsync_ExactlyHalfWouldEnd_IsApplied()
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana(users: 10);
        await rig.SyncAsync(upload);
        for (var user = 6; user <= 10; user++)
        {
            upload.RemoveUser($"{user}");
        }

        Assert.Equal(SyncState.Applied, (await rig.SyncAsync(upload)).State);
    }

    [Fact]
    public async Task ApplyAsync_LimitOfTheConnector_IsTheOneThatCounts()
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana(users: 10);
        await rig.SyncAsync(upload);
        await rig.Database.WriteAsync(
            async context => (await context.FindAsync<Connector>([rig.ConnectorId], Cancellation))!.HoldPercent = 10, Cancellation);
        upload.RemoveUser("9");
        upload.RemoveUser("10");

        Assert.Equal(SyncState.Held, (await rig.SyncAsync(upload)).State);
    }

    [Fact]
    public async Task ApplyAsync_MoreThanHalfOfTheResourcesWouldEnd_IsHeld()
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana(organizations: 3);
        await rig.SyncAsync(upload);
        foreach (var organization in new[] { "2", "3" })
        {
            upload.Resources.Remove(("org", organization));
            foreach (var role in new[] { "Viewer", "Editor", "Admin" })
            {
                upload.Entitlements.Remove($"org:{organization}:{role}");
            }
        }

        Assert.Equal(HoldKind.Resources, Assert.Single((await rig.SyncAsync(upload)).Difference!.Holds).Kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_OrganizationWouldLoseItsAdministrators_IsHeld(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana(organizations: 2);
        upload.AddGrant("org:2:Admin", "user", "2");
        upload.AddGrant("org:2:Viewer", "user", "3");
        await rig.SyncAsync(upload);
        upload.Grants.Remove("org:2:Admin:user:2");

        var outcome = await rig.SyncAsync(upload);

        var hold = Assert.Single(outcome.Difference!.Holds);
        Assert.Equal((HoldKind.Administrators, true), (hold.Kind, hold.Text.StartsWith("Organization 2 ", StringComparison.Ordinal)));

        upload.AddGrant("org:2:Admin", "user", "4");

        Assert.Equal(SyncState.Applied, (await rig.SyncAsync(upload)).State);
        Assert.Equal([SyncState.Applied, SyncState.Superseded, SyncState.Applied], (await rig.AllAsync<Sync>()).OrderBy(sync => sync.Id).Select(sync => sync.State));
    }

    [Theory]
    [InlineData(5, 300, SyncState.Applied)]
    [InlineData(6, 300, SyncState.Held)]
    [InlineData(1, 50, SyncState.Applied)]
    [InlineData(2, 50, SyncState.Held)]
    public async Task ApplyAsync_OthersHaveTheSameIds_IsHeldAboveTwoPerCentOrFive(int others, int users, object expected)
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana(users: users);
        await rig.SyncAsync(upload);
        for (var user = 1; user <= others; user++)
        {
            upload.AddUser($"{user}", $"other{user}");
        }

        Assert.Equal((SyncState)expected, (await rig.SyncAsync(upload)).State);
    }

    [Fact]
    public async Task ApplyAsync_PeopleWhoChangedOnlyTheirAddress_AreNotOthers()
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana(users: 20);
        await rig.SyncAsync(upload);
        for (var user = 1; user <= 20; user++)
        {
            upload.AddUser($"{user}", $"login{user}", email: $"login{user}@example.org");
        }

        var outcome = await rig.SyncAsync(upload);

        Assert.Equal((SyncState.Applied, 20), (outcome.State, (int)outcome.Difference!.Accounts.Changed));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DiscardAsync_HeldSync_IsForgotten(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        upload.Grants.Remove("org:1:Admin:user:1");
        var (id, path) = await rig.ReceiveAsync(upload);
        await rig.Apply.ApplyAsync(id, path, Cancellation);
        var held = new HeldSyncs(rig.Database, rig.Clock);

        Assert.True(await held.DiscardAsync(id, Actor.Operator, Cancellation));
        Assert.False(await held.DiscardAsync(id, Actor.Operator, Cancellation));
        Assert.Equal(SyncState.Discarded, (await rig.Apply.ConfirmAsync(id, path, Actor.Operator, Cancellation)).State);
        Assert.Equal(5, (await rig.GrantsAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ConfirmAsync_AppMovedOn_IsRefused(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        upload.Grants.Remove("org:1:Admin:user:1");
        var (id, path) = await rig.ReceiveAsync(upload);
        await rig.Apply.ApplyAsync(id, path, Cancellation);
        upload.AddGrant("org:1:Admin", "user", "2");
        await rig.SyncAsync(upload);

        var outcome = await rig.Apply.ConfirmAsync(id, path, Actor.Operator, Cancellation);

        Assert.Equal(SyncState.Superseded, outcome.State);
        Assert.Contains("org:1:Admin:user:2", await rig.GrantsAsync());
    }

    [Fact]
    public async Task ApplyAsync_BadSyncAfterAHeldOne_SupersedesIt()
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        upload.Grants.Remove("org:1:Admin:user:1");
        await rig.SyncAsync(upload);
        await rig.SyncAsync(upload);

        Assert.Equal([SyncState.Applied, SyncState.Superseded, SyncState.Held], (await rig.AllAsync<Sync>()).OrderBy(sync => sync.Id).Select(sync => sync.State));
    }
}
