using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Tests.Inventory;

/// <summary>
/// Random histories, asked for random moments, against a plain replay that keeps every state. The seeds are fixed and printed: a failure names one.
/// Thousands of others: <c>bench/endure podium-replay</c>.
/// </summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private const int Syncs = 14;
    private const int Moments = 1000;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("BATON_ENDURE_SEEDS"), out var count) ? count : 20;

    private static int First => int.TryParse(Environment.GetEnvironmentVariable("BATON_ENDURE_FIRST"), out var first) ? first : 1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseKind, int> Seeds
    {
        get
        {
            var seeds = new TheoryData<DatabaseKind, int>();
            for (var seed = First; seed < First + Count; seed++)
            {
                seeds.Add(seed % 4 == 0 ? DatabaseKind.PostgreSql : DatabaseKind.Sqlite, seed);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AsOf_RandomMoments_IsWhatWasSeenLast(DatabaseKind kind, int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var rig = await InventoryRig.CreateAsync(kind);
        var world = new RandomWorld(random);
        var states = new List<(Moment At, HashSet<string> Grants, HashSet<string> Accounts, HashSet<string> Entitlements)>();
        for (var sync = 0; sync < Syncs; sync++)
        {
            world.Change();
            world.Upload.Shuffle = random;
            var at = rig.Clock.Now();
            var outcome = await rig.ForceAsync(world.Upload);
            Assert.Equal(SyncState.Applied, outcome.State);
            states.Add((at, [.. world.Upload.Grants.Keys], [.. world.Accounts()], [.. world.Upload.Entitlements.Values.Select(entitlement => $"{entitlement.Id} {entitlement.DisplayName}")]));
        }

        var (accounts, entitlements, grants) = (new AccountList(rig.Database, new(rig.Database)), new EntitlementList(rig.Database, new(rig.Database)), new GrantList(rig.Database));
        var ids = (await rig.AllAsync<AppEntitlement>()).ToDictionary(row => row.Id, row => row.ExternalId);
        var begin = states[0].At;
        for (var i = 0; i < Moments; i++)
        {
            var moment = i % 10 == 0 ? states[random.Next(Syncs)].At : begin + TimeSpan.FromMinutes(random.Next(-30, 60 * (Syncs + 1)));
            var expected = states.LastOrDefault(state => state.At <= moment);

            // One list a moment, in turns.
            switch (i % 4)
            {
                case 0:
                    Assert.Equal(Sorted(expected.Accounts), Sorted(await AllAsync(
                        request => accounts.PageAsync(new() { AppId = rig.AppId, AsOf = moment }, request, Cancellation), row => $"{row.ExternalId} {row.Login} {row.Status}")));
                    break;
                case 1:
                    Assert.Equal(Sorted(expected.Entitlements), Sorted(await AllAsync(
                        request => entitlements.PageAsync(new() { AppId = rig.AppId, AsOf = moment }, request, Cancellation), row => $"{row.ExternalId} {row.DisplayName}")));
                    break;
                case 2:
                    var (id, external) = ids.ElementAt(random.Next(ids.Count));
                    Assert.Equal(Sorted(expected.Grants?.Where(grant => grant.StartsWith($"{external}:", StringComparison.Ordinal))), Sorted(await AllAsync(
                        request => grants.PageAsync(new() { AppId = rig.AppId, AsOf = moment, EntitlementId = id }, request, Cancellation), row => Id(row, rig))));
                    break;
                default:
                    var counts = await new InventoryCounts(rig.Database).OfAppAsync(rig.AppId, moment, Cancellation);
                    Assert.Equal((expected.Accounts?.Count ?? 0, expected.Grants?.Count ?? 0), ((int)(counts?.Accounts ?? 0), (int)(counts?.Grants ?? 0)));
                    break;
            }
        }

        string Id(GrantRow row, InventoryRig _) => $"{ids[row.EntitlementId]}:user:{world.IdOf(row.Login)}";
    }

    private static IEnumerable<string> Sorted(IEnumerable<string>? texts) => (texts ?? []).Order(StringComparer.Ordinal);

    /// <summary>Every page, the way there and the way back.</summary>
    private static async Task<List<string>> AllAsync<T>(Func<ListRequest, Task<ListPage<T>>> list, Func<T, string> text)
    {
        var all = new List<string>();
        var page = await list(new(7));
        all.AddRange(page.Rows.Select(text));
        while (page.Next is { } next)
        {
            page = await list(new(7, next));
            all.AddRange(page.Rows.Select(text));
        }

        var back = page.Rows.Select(text).ToList();
        while (page.Previous is { } previous)
        {
            page = await list(new(7, previous));
            back.InsertRange(0, page.Rows.Select(text));
        }

        Assert.Equal(all, back);
        return all;
    }
}
