using Baton.C1z.Syncs;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;

namespace Podium.Tests.Inventory;

/// <summary>What is not all of what a connector sees never looks like access that ended.</summary>
public sealed class CompletenessTests
{
    public static TheoryData<DatabaseKind> Kinds => InventoryRig.Kinds;

    [Fact]
    public async Task ApplyAsync_FileThatIsNotComplete_IsRejectedAndChangesNothing()
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana();
        await rig.SyncAsync(upload);
        var before = await rig.GrantsAsync();
        var less = UploadBuilder.Grafana(users: 3);
        var nothing = new UploadBuilder();
        var withoutGrants = UploadBuilder.Grafana();
        withoutGrants.Grants.Clear();
        (string Why, Func<Task<Podium.Inventory.Applying.SyncOutcome>> Apply)[] cases =
        [
            ("did not end", () => rig.WriteAsync(less, SyncType.Full, end: false)),
            ("type partial", () => rig.WriteAsync(less, SyncType.Partial)),
            ("type resources_only", () => rig.WriteAsync(less, SyncType.ResourcesOnly)),
            ("no resource types", () => rig.WriteAsync(nothing, SyncType.Full)),
            ("not one grant", () => rig.WriteAsync(withoutGrants, SyncType.Full)),
            ("declares 5 grants and holds 4", () => rig.WriteAsync(less, SyncType.Full, declared: "{\"grants\":5}")),
            ("declares 9 resources", () => rig.WriteAsync(less, SyncType.Full, declared: "{\"resources\":9}")),
            ("declares 4 resources of type user and holds 3", () => rig.WriteAsync(less, SyncType.Full, declared: "{\"resources_by_resource_type\":{\"user\":4}}")),
            ("cannot be read", () => rig.WriteAsync(less, SyncType.Full, declared: "[]")),
            ("damaged", () => rig.WriteAsync(path => File.WriteAllBytes(path, [1, 2, 3]))),
            ("damaged", () => rig.WriteAsync(path =>
            {
                less.Write(path);
                File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
            })),
        ];

        foreach (var (why, apply) in cases)
        {
            var outcome = await apply();

            Assert.Equal(SyncState.Rejected, outcome.State);
            Assert.Contains(why, outcome.Reason, StringComparison.Ordinal);
            Assert.Equal(before, await rig.GrantsAsync());
        }

        Assert.Equal(cases.Length, (await rig.AllAsync<Podium.Audit.AuditRow>()).Count(row => row.Kind == "sync.rejected"));
        Assert.Equal(1, (await rig.AllAsync<Connector>()).Single().InventoryVersion);
    }

    [Fact]
    public async Task ApplyAsync_FirstSyncWithoutGrants_IsApplied()
    {
        await using var rig = await InventoryRig.CreateAsync(DatabaseKind.Sqlite);
        var upload = UploadBuilder.Grafana();
        upload.Grants.Clear();

        Assert.Equal(SyncState.Applied, (await rig.SyncAsync(upload)).State);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_OlderThanTheApplied_IsRejected(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var old = await rig.ReceiveAsync(UploadBuilder.Grafana(users: 3));
        await rig.SyncAsync(UploadBuilder.Grafana());

        var outcome = await rig.Apply.ApplyAsync(old.Id, old.Path, TestContext.Current.CancellationToken);

        Assert.Equal((SyncState.Rejected, 4), (outcome.State, (await rig.AccountsAsync()).Count));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_TypeMissing_StaysStaleAndIsHeldTheSecondTime(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        upload.AddType("team");
        upload.AddResource("team", "1", "SRE");
        upload.AddEntitlement("team", "1", "Member");
        upload.AddGrant("team:1:Member", "user", "2");
        upload.AddGrant("org:1:Editor", "team", "1");
        await rig.SyncAsync(upload);
        var all = await rig.GrantsAsync();
        upload.Types.Remove("team");
        upload.Resources.Remove(("team", "1"));
        upload.Entitlements.Remove("team:1:Member");
        upload.Grants.Remove("team:1:Member:user:2");
        upload.Grants.Remove("org:1:Editor:team:1");

        var first = await rig.SyncAsync(upload);

        Assert.Equal(SyncState.Applied, first.State);
        Assert.Equal(all, await rig.GrantsAsync());
        Assert.NotNull((await rig.AllAsync<AppResourceType>()).Single(type => type.ExternalId == "team").StaleSince);

        var (id, path) = await rig.ReceiveAsync(upload);
        var second = await rig.Apply.ApplyAsync(id, path, TestContext.Current.CancellationToken);

        Assert.Equal(SyncState.Held, second.State);
        Assert.Contains(second.Difference!.Holds, hold => hold.Kind == Podium.Inventory.Applying.HoldKind.MissingType);
        Assert.Equal(all, await rig.GrantsAsync());

        await rig.Apply.ConfirmAsync(id, path, Podium.Audit.Actor.Operator, TestContext.Current.CancellationToken);

        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
        Assert.NotNull((await rig.AllAsync<AppResourceType>()).Single(type => type.ExternalId == "team").DeletedAt);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_TypeMissingOnce_IsNotStaleWhenItIsBack(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        upload.AddType("team");
        upload.AddResource("team", "1", "SRE");
        await rig.SyncAsync(upload);
        upload.Types.Remove("team");
        upload.Resources.Remove(("team", "1"));
        await rig.SyncAsync(upload);
        upload.AddType("team");
        upload.AddResource("team", "1", "SRE");

        Assert.True((await rig.SyncAsync(upload)).Difference!.IsNothing);
        Assert.Null((await rig.AllAsync<AppResourceType>()).Single(type => type.ExternalId == "team").StaleSince);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_GrantOfWhatIsNotListed_IsKeptOnPlaceholders(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        upload.AddGrant("org:1:Editor", "user", "99");
        upload.AddGrant("org:7:Admin", "ghost", "1");

        await rig.SyncAsync(upload);

        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
        Assert.Equal(["ghost:1", "user:99"], (await rig.AccountsAsync()).Where(account => account.IsPlaceholder).Select(account => account.DisplayName).Order(StringComparer.Ordinal));
        Assert.True((await rig.AllAsync<AppEntitlement>()).Single(entitlement => entitlement.ExternalId == "org:7:Admin").IsPlaceholder);
        Assert.True((await rig.AllAsync<AppResource>()).Single(resource => resource.ExternalId == "7").IsPlaceholder);
        Assert.True((await rig.SyncAsync(upload)).Difference!.IsNothing);

        upload.AddUser("99", "later");
        await rig.SyncAsync(upload);

        var listed = (await rig.AccountsAsync()).Single(account => account.ExternalId == "99");
        Assert.Equal((false, "later", 1), (listed.IsPlaceholder, listed.Login, listed.Incarnation));

        upload.Resources.Remove(("user", "99"));
        await rig.SyncAsync(upload);

        var unlisted = (await rig.AccountsAsync()).Single(account => account.ExternalId == "99");
        Assert.Equal((true, "later"), (unlisted.IsPlaceholder, unlisted.Login));
        Assert.True((await rig.SyncAsync(upload)).Difference!.IsNothing);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SaveAsync_TypeTakenOut_EndsItsRowsAndSyncsDoNotBringThemBack(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana();
        upload.AddType("team");
        upload.AddResource("team", "1", "SRE");
        upload.AddEntitlement("team", "1", "Member");
        upload.AddGrant("team:1:Member", "user", "2");
        upload.AddGrant("org:1:Editor", "team", "1");
        await rig.SyncAsync(upload);
        var selection = new TypeSelection(rig.Database, rig.Clock);

        var ended = await selection.SaveAsync(rig.ConnectorId, ["user", "org"], Podium.Audit.Actor.Operator, TestContext.Current.CancellationToken);

        Assert.Equal(new EndedCounts(Accounts: 1, Resources: 1, Entitlements: 1, Grants: 2), ended);
        var left = upload.Grants.Keys.Where(id => !id.Contains("team", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(left, await rig.GrantsAsync());
        Assert.Contains(await rig.AllAsync<InventoryCause>(), cause => cause.Kind == InventoryCauseKind.Selection);

        Assert.True((await rig.SyncAsync(upload)).Difference!.IsNothing);
        Assert.Equal(left, await rig.GrantsAsync());

        await selection.SaveAsync(rig.ConnectorId, null, Podium.Audit.Actor.Operator, TestContext.Current.CancellationToken);
        await rig.SyncAsync(upload);

        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
    }
}
