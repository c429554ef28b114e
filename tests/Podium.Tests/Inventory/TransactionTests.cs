using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Applying;

namespace Podium.Tests.Inventory;

/// <summary>An apply that ends anywhere leaves nothing of itself, and can be done again; two at once do it once.</summary>
public sealed class TransactionTests
{
    public static TheoryData<DatabaseKind> Kinds => InventoryRig.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_FailsAtAnyStatement_ChangesNothingAndCanBeDoneAgain(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana(organizations: 3, users: 8);
        upload.AddGrant("org:2:Editor", "user", "7");
        await rig.SyncAsync(upload);
        Everything(upload);
        var before = await FingerprintAsync(rig);
        var (id, path) = await rig.ReceiveAsync(upload);
        var failures = 0;
        SyncOutcome? outcome = null;
        while (outcome is null)
        {
            var at = failures + 1;
            var statements = 0;
            using var apply = new SyncApply(rig.Database, rig.Clock, context => new FailingBulkWriter(SyncApply.WriterOf(context), () =>
            {
                if (++statements == at)
                {
                    throw new StoppedException();
                }
            }));
            try
            {
                outcome = await apply.ApplyAsync(id, path, Cancellation);
            }
            catch (StoppedException)
            {
                failures++;
                Assert.Equal(before, await FingerprintAsync(rig));
                Assert.Equal(SyncState.Applying, (await rig.AllAsync<Sync>()).Single(sync => sync.Id == id).State);
            }
        }

        Assert.InRange(failures, 15, 100);
        Assert.Equal(SyncState.Applied, outcome.State);
        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_TwoAtOnce_ApplyItOnce(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        var upload = UploadBuilder.Grafana(organizations: 3, users: 8);
        await rig.SyncAsync(upload);
        Everything(upload);
        var (id, path) = await rig.ReceiveAsync(upload);
        using var other = new SyncApply(rig.Database, rig.Clock);

        var outcomes = await Task.WhenAll(rig.Apply.ApplyAsync(id, path, Cancellation), other.ApplyAsync(id, path, Cancellation));

        Assert.All(outcomes, outcome => Assert.Equal(SyncState.Applied, outcome.State));
        Assert.Equal(2, (await rig.AllAsync<Connector>()).Single().InventoryVersion);
        Assert.Equal(2, (await rig.AllAsync<Podium.Audit.AuditRow>()).Count(row => row.Kind == "sync.applied"));
        Assert.Equal(upload.Grants.Keys.Order(StringComparer.Ordinal), await rig.GrantsAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ApplyAsync_InventoryChangesMeanwhile_StartsAnew(DatabaseKind kind)
    {
        await using var rig = await InventoryRig.CreateAsync(kind);
        await rig.SyncAsync(UploadBuilder.Grafana());
        var first = await rig.ReceiveAsync(UploadBuilder.Grafana(users: 5));
        var second = await rig.ReceiveAsync(UploadBuilder.Grafana(users: 6));
        using var other = new SyncApply(rig.Database, rig.Clock);

        // Both compare with the same inventory; the second is the newer, whichever is written first.
        await Task.WhenAll(rig.Apply.ApplyAsync(first.Id, first.Path, Cancellation), other.ApplyAsync(second.Id, second.Path, Cancellation));

        Assert.Equal(6, (await rig.AccountsAsync()).Count);
        var older = (await rig.AllAsync<Sync>()).Single(sync => sync.Id == first.Id).State;
        Assert.Contains(older, new[] { SyncState.Applied, SyncState.Rejected });
    }

    // Every kind of difference that there is.
    private static void Everything(UploadBuilder upload)
    {
        upload.RemoveUser("8");
        upload.AddUser("9");
        upload.AddUser("2", isEnabled: false);
        upload.AddUser("3", lastSeen: new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        upload.AddGrant("org:1:Editor", "user", "9");
        upload.AddGrant("org:2:Editor", "user", "7", "team:1:Member");
        upload.AddGrant("org:1:Editor", "user", "77");
        upload.AddOrganization("4");
        upload.Resources.Remove(("org", "3"));
        foreach (var role in new[] { "Viewer", "Editor", "Admin" })
        {
            upload.Entitlements.Remove($"org:3:{role}");
        }

        upload.Entitlements["org:2:Viewer"].DisplayName = "Looks at things";
        upload.Resources[("org", "2")].DisplayName = "The second";
        upload.AddGrant("org:1:Viewer", "user", "1").Id = "another id";
        upload.Grants["org:1:Viewer:user:1"].Id = "another id";
    }

    private static async Task<string> FingerprintAsync(InventoryRig rig)
    {
        var accounts = (await rig.AllAsync<AppAccount>()).OrderBy(row => row.Id).Select(row => $"{row.Id} {row.DisplayName} {row.Status} {row.LastSeenAt} {row.DeletedAt} {row.Since}");
        var resources = (await rig.AllAsync<AppResource>()).OrderBy(row => row.Id).Select(row => $"{row.Id} {row.DisplayName} {row.DeletedAt} {row.Since}");
        var entitlements = (await rig.AllAsync<AppEntitlement>()).OrderBy(row => row.Id).Select(row => $"{row.Id} {row.DisplayName} {row.DeletedAt} {row.Since}");
        var grants = (await rig.AllAsync<GrantNow>()).OrderBy(row => row.Id).Select(row => $"{row.Id} {row.EntitlementId} {row.AccountId} {row.OriginId} {row.ExternalId} {row.Since}");
        var counts = $"{(await rig.AllAsync<GrantPast>()).Count} {(await rig.AllAsync<AppAccountPast>()).Count} {(await rig.AllAsync<AppResourcePast>()).Count} "
            + $"{(await rig.AllAsync<AppEntitlementPast>()).Count} {(await rig.AllAsync<InventoryCause>()).Count} {(await rig.AllAsync<GrantOrigin>()).Count} "
            + $"{(await rig.AllAsync<Podium.Audit.AuditRow>()).Count} {(await rig.AllAsync<Connector>()).Single().InventoryVersion}";
        return string.Join('\n', [.. accounts, .. resources, .. entitlements, .. grants, counts]);
    }

    private sealed class StoppedException : Exception;

    /// <summary>Stops before and after every statement.</summary>
    private sealed class FailingBulkWriter(IBulkWriter inner, Action step) : IBulkWriter
    {
        public Task<IReadOnlyList<long>> ReserveAsync(string table, int count, CancellationToken cancellationToken)
            => StepAsync(() => inner.ReserveAsync(table, count, cancellationToken));

        public Task InsertAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => StepAsync(async () =>
        {
            await inner.InsertAsync(table, write, cancellationToken);
            return 0;
        });

        public Task UpdateAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => StepAsync(async () =>
        {
            await inner.UpdateAsync(table, write, cancellationToken);
            return 0;
        });

        public Task<int> ExecuteAsync(string sql, IReadOnlyCollection<long> ids, IReadOnlyList<(string Name, long Value)> numbers, CancellationToken cancellationToken)
            => StepAsync(() => inner.ExecuteAsync(sql, ids, numbers, cancellationToken));

        private async Task<T> StepAsync<T>(Func<Task<T>> statement)
        {
            step();
            var result = await statement();
            step();
            return result;
        }
    }
}
