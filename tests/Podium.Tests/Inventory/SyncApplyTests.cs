using Baton.Evidence.Accounts;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;

namespace Podium.Tests.Inventory;

public sealed class SyncApplyTests
{
    public static TheoryData<DatabaseKind> Kinds => InventoryRig.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_FirstSync_StoresEverything(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();

        var outcome = await rig.SyncAsync(upload);

        Assert.Equal((SyncState.Applied, null), (outcome.State, outcome.Reason));
        Assert.Equal((4, 1, 3, 5), ((int)outcome.Difference!.Accounts.Begun, (int)outcome.Difference.Resources.Begun, (int)outcome.Difference.Entitlements.Begun, (int)outcome.Difference.Grants.Begun));
        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
        var account = (await rig.AccountsAsync()).Single(account => account.ExternalId == "1");
        Assert.Equal(("login1", "login1@example.com", AccountKind.Human, AccountStatus.Enabled, 1), (account.Login, account.Email, account.Kind, account.Status, account.Incarnation));
        var sync = (await rig.AllAsync<Sync>()).Single();
        Assert.Equal((SyncState.Applied, 4, 5), (sync.State, (int)sync.Accounts!, (int)sync.Grants!));
        var connector = (await rig.AllAsync<Connector>()).Single();
        Assert.Equal((1, sync.AsOf), ((int)connector.InventoryVersion, connector.InventoryAsOf));
        Assert.Contains(await rig.AllAsync<Podium.Audit.AuditRow>(), row => row.Kind == "sync.applied");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_SameFileAgain_ChangesNothing(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        upload.Shuffle = new Random(5);

        var outcome = await rig.SyncAsync(upload);

        Assert.True(outcome.Difference!.IsNothing);
        Assert.Single(await rig.AllAsync<InventoryCause>());
        Assert.Empty(await rig.AllAsync<GrantPast>());
        Assert.Empty(await rig.AllAsync<AppAccountPast>());
    }
}
