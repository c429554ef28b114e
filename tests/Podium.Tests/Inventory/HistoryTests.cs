using Baton.Evidence.Accounts;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Tests.Inventory;

/// <summary>What is kept of what changes, and what a task did while a sync was under way.</summary>
public sealed class HistoryTests
{
    public static TheoryData<DatabaseKind> Kinds => InventoryRig.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_AccountIsThereAgain_IsAnotherAccount(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        upload.RemoveUser("3");
        await rig.SyncAsync(upload);
        upload.AddUser("3");
        upload.AddGrant("org:1:Viewer", "user", "3");
        await rig.SyncAsync(upload);

        var accounts = (await rig.AllAsync<AppAccount>()).Where(account => account.ExternalId == "3").OrderBy(account => account.Incarnation).ToList();

        Assert.Equal([1, 2], accounts.Select(account => account.Incarnation));
        Assert.Equal([true, false], accounts.Select(account => account.DeletedAt is not null));
        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_OrganizationIsThereAgain_IsTheSameRow(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana(organizations: 3);
        await rig.SyncAsync(upload);
        var first = (await rig.AllAsync<AppEntitlement>()).Single(row => row.ExternalId == "org:2:Editor");
        var without = UploadBuilder.Grafana(organizations: 3);
        without.Resources.Remove(("org", "2"));
        foreach (var role in new[] { "Viewer", "Editor", "Admin" })
        {
            without.Entitlements.Remove($"org:2:{role}");
        }

        Assert.Equal(3, (int)(await rig.SyncAsync(without)).Difference!.Entitlements.Ended);
        await rig.SyncAsync(upload);

        var again = (await rig.AllAsync<AppEntitlement>()).Single(row => row.ExternalId == "org:2:Editor");
        Assert.Equal((first.Id, null, first.BegunAt), (again.Id, again.DeletedAt, again.BegunAt));
        Assert.True(again.Since > first.Since);
        var moments = (await rig.AllAsync<Sync>()).OrderBy(sync => sync.Id).Select(sync => sync.AsOf!.Value).ToList();
        var list = new EntitlementList(rig.Database, new(rig.Database));
        Assert.NotNull(await list.FindAsync(first.Id, moments[0], Cancellation));
        Assert.Null(await list.FindAsync(first.Id, moments[1], Cancellation));
        Assert.NotNull(await list.FindAsync(first.Id, moments[2], Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_LastSeenMovesEveryDay_MakesNoHistory(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        for (var day = 0; day < 3; day++)
        {
            upload.AddUser("2", lastSeen: rig.Clock.GetUtcNow().AddMinutes(-7));
            await rig.SyncAsync(upload);
        }

        var account = (await rig.AccountsAsync()).Single(each => each.ExternalId == "2");
        Assert.Equal((LastSeenQuality.Observed, Moment.From(rig.Clock.GetUtcNow().AddMinutes(-67))), (account.LastSeenQuality, account.LastSeenAt));
        Assert.Empty(await rig.AllAsync<AppAccountPast>());
        Assert.DoesNotContain("last_seen", account.Profile, StringComparison.Ordinal);
        Assert.Single(await rig.AllAsync<InventoryCause>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_AccountIsDisabled_KeepsHowItWas(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        upload.AddUser("2", isEnabled: false);
        await rig.SyncAsync(upload);

        var account = (await rig.AccountsAsync()).Single(each => each.ExternalId == "2");
        var past = Assert.Single(await rig.AllAsync<AppAccountPast>());
        Assert.Equal((AccountStatus.Disabled, AccountStatus.Enabled, account.Id, account.Since), (account.Status, past.Status, past.AccountId, past.Until));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_AccessComesAnotherWay_IsHeldWithoutABreak(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        upload.AddGrant("org:1:Editor", "user", "2");
        await rig.SyncAsync(upload);
        upload.AddGrant("org:1:Editor", "user", "2", "team:1:Member");
        var outcome = await rig.SyncAsync(upload);

        Assert.Equal((0, 1, 0), ((int)outcome.Difference!.Grants.Begun, (int)outcome.Difference.Grants.Changed, (int)outcome.Difference.Grants.Ended));
        var past = Assert.Single(await rig.AllAsync<GrantPast>());
        var entitlement = (await rig.AllAsync<AppEntitlement>()).Single(row => row.ExternalId == "org:1:Editor").Id;
        var row = Assert.Single((await new GrantList(rig.Database).PageAsync(new() { AppId = rig.AppId, EntitlementId = entitlement }, new(), Cancellation)).Rows);
        Assert.True(past.IsContinued);
        Assert.Equal((past.Since, past.Until, false), (row.HeldSince, row.Since, row.IsDirect));
        Assert.Equal(["team:1:Member"], row.Sources);
        Assert.True((await rig.SyncAsync(upload)).Difference!.IsNothing);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_TaskChangedSomethingMeanwhile_LeavesItAlone(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        upload.AddGrant("org:1:Editor", "user", "4");
        var (id, path) = await rig.ReceiveAsync(upload);
        var entitlements = (await rig.AllAsync<AppEntitlement>()).ToDictionary(row => row.ExternalId, row => row.Id);
        var accounts = (await rig.AccountsAsync()).ToDictionary(row => row.ExternalId, row => row.Id);
        // After the sync was handed out: user 2 becomes Editor, user 3 is no Viewer any more, and that user 1 is Viewer is confirmed.
        await rig.Database.WriteAsync(
            async context =>
            {
                Assert.True(await GrantReceipts.GrantedAsync(context, entitlements["org:1:Editor"], accounts["2"], rig.Clock.Now(), 7, Cancellation));
                Assert.True(await GrantReceipts.RevokedAsync(context, entitlements["org:1:Viewer"], accounts["3"], rig.Clock.Now(), 8, Cancellation));
                Assert.False(await GrantReceipts.GrantedAsync(context, entitlements["org:1:Viewer"], accounts["1"], rig.Clock.Now(), 9, Cancellation));
                Assert.False(await GrantReceipts.RevokedAsync(context, entitlements["org:1:Admin"], accounts["3"], rig.Clock.Now(), 10, Cancellation));
            },
            Cancellation);

        var outcome = await rig.Apply.ApplyAsync(id, path, Cancellation);

        Assert.Equal((SyncState.Applied, 1, 0), (outcome.State, (int)outcome.Difference!.Grants.Begun, (int)outcome.Difference.Grants.Ended));
        string[] expected = ["org:1:Admin:user:1", "org:1:Editor:user:2", "org:1:Editor:user:4", "org:1:Viewer:user:1", "org:1:Viewer:user:2", "org:1:Viewer:user:4"];
        Assert.Equal(expected, await rig.GrantsAsync());
        var rows = (await new GrantList(rig.Database).PageAsync(new() { AppId = rig.AppId, EntitlementId = entitlements["org:1:Editor"] }, new(), Cancellation)).Rows;
        Assert.Equal([("login2", true, InventoryCauseKind.Task), ("login4", false, InventoryCauseKind.Sync)], rows.Select(row => (row.Login, row.IsUnseen, row.CauseKind)));

        // The next one began later, and what it shows counts: the editor is not there, and the viewer is.
        await rig.SyncAsync(upload);

        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_RowsInAnotherOrder_AreTheSame(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana(organizations: 3, users: 20);
        upload.AddType("team");
        upload.AddResource("team", "1", "SRE", ("org", "2"));
        upload.AddGrant("org:2:Viewer", "team", "1");
        await rig.SyncAsync(upload);
        for (var seed = 0; seed < 5; seed++)
        {
            upload.Shuffle = new Random(seed);

            Assert.True((await rig.SyncAsync(upload)).Difference!.IsNothing);
        }

        Assert.Single(await rig.AllAsync<InventoryCause>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_TwoConnectorsOfOneApp_ShareNothing(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var other = await rig.AddConnectorAsync();
        await rig.SyncAsync(UploadBuilder.Grafana());
        var (id, path) = await rig.ReceiveAsync(file => UploadBuilder.Grafana(users: 2).Write(file), other);

        Assert.Equal(SyncState.Applied, (await rig.Apply.ApplyAsync(id, path, Cancellation)).State);
        Assert.Equal(6, (await rig.AccountsAsync()).Count);
        Assert.True((await rig.SyncAsync(UploadBuilder.Grafana())).Difference!.IsNothing);
        Assert.Equal(6, (int)(await new InventoryCounts(rig.Database).OfAppAsync(rig.AppId, null, Cancellation))!.Accounts);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task OfConnectorAsync_ConnectorIsDeleted_EverythingEndsAndIsStillInTheHistory(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        await rig.SyncAsync(UploadBuilder.Grafana());

        var counts = await rig.Database.WriteAsync(
            context => InventoryEnd.OfConnectorAsync(context, rig.ConnectorId, rig.Clock.Now(), null, Cancellation), Cancellation);

        Assert.Equal(new EndedCounts(4, 1, 3, 5), counts);
        Assert.Empty(await rig.GrantsAsync());
        Assert.Equal(5, (await rig.AllAsync<GrantPast>()).Count);
        Assert.Empty(await rig.AccountsAsync());
    }
}
