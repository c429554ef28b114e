using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Benchmarks;

/// <summary>A named mix of list pages, each asked for many times with other arguments. Prints the page, p50, p95 and the longest in milliseconds.</summary>
internal static class PageMix
{
    private const int Times = 60;

    private static readonly string[] Words = ["ada", "hopper", "ken", "grace.h", "lovelace7", "an", "edsger dij", "zz"];

    public static async Task RunAsync(Target target)
    {
        var database = target.Open();
        var random = new Random(3);
        var counts = new InventoryCounts(database);
        var (accounts, entitlements, grants, changes) = (new AccountList(database, counts), new EntitlementList(database, counts), new GrantList(database), new ChangeList(database));
        var app = await database.ReadAsync(context => context.Set<AppAccount>().Select(account => account.AppId).FirstAsync());
        var ids = await database.ReadAsync(context => context.Set<AppEntitlement>().Select(entitlement => entitlement.Id).ToListAsync());
        var holders = await database.ReadAsync(context => context.Set<AppAccount>().Select(account => account.Id).Take(20_000).ToListAsync());
        var moments = await database.ReadAsync(context => context.Set<InventoryCause>().Select(cause => cause.At).ToListAsync());
        var none = CancellationToken.None;
        var all = new List<double>();
        string? token = null;
        (string Name, Func<Task> Page)[] pages =
        [
            ("accounts, next page", async () => token = (await accounts.PageAsync(new() { AppId = app }, new(50, token), none)).Next),
            ("accounts by text", () => accounts.PageAsync(new() { AppId = app, Text = Words[random.Next(Words.Length)] }, new(), none)),
            ("accounts of an entitlement", () => accounts.PageAsync(new() { AppId = app, EntitlementId = Any(ids) }, new(), none)),
            ("accounts as of a moment", () => accounts.PageAsync(new() { AppId = app, AsOf = Any(moments) }, new(), none)),
            ("entitlements", () => entitlements.PageAsync(new() { AppId = app }, new(), none)),
            ("entitlements as of a moment", () => entitlements.PageAsync(new() { AppId = app, AsOf = Any(moments) }, new(), none)),
            ("holders of an entitlement", () => grants.PageAsync(new() { AppId = app, EntitlementId = Any(ids) }, new(), none)),
            ("holders as of a moment", () => grants.PageAsync(new() { AppId = app, EntitlementId = Any(ids), AsOf = Any(moments) }, new(), none)),
            ("what an account holds", () => grants.PageAsync(new() { AppId = app, AccountId = Any(holders) }, new(), none)),
            ("what an account held", () => grants.PageAsync(new() { AppId = app, AccountId = Any(holders), AsOf = Any(moments) }, new(), none)),
            ("changes", () => changes.PageAsync(new() { AppId = app }, new(), none)),
            ("changes of an account", () => changes.PageAsync(new() { AppId = app, AccountId = Any(holders) }, new(), none)),
        ];
        foreach (var (name, page) in pages)
        {
            await page();
            await page();
            var times = new List<double>();
            for (var i = 0; i < Times; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await page();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            all.AddRange(times);
            Write(name, times);
        }

        Write("all", all);

        T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
    }

    private static void Write(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"{name}\t{times[times.Count / 2]:0.0}\t{times[times.Count * 95 / 100]:0.0}\t{times[^1]:0.0}");
    }
}
