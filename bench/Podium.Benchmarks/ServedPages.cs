using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Podium.Benchmarks;

/// <summary>
/// The server with a large app: from an upload on the wire to what people see, its start, twenty readers who open a page a second each while syncs come
/// in, and the memory that it has before and after.
/// </summary>
internal static class ServedPages
{
    private const int Readers = 20;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);
    private static readonly string[] Words = ["ada", "hopper", "ken", "grace.h", "lovelace7", "an", "edsger dij", "zz"];

    public static async Task RunAsync(Target target, string executable, string first, string changed)
    {
        using var podium = await ServedPodium.PrepareAsync(executable, target, connectors: 1);
        var database = target.Open();
        await podium.StartAsync("/connectors");
        Figures.Print("fresh", Figures.Resident(podium.ProcessId));
        var (one, other) = (await File.ReadAllBytesAsync(first), await File.ReadAllBytesAsync(changed));
        Figures.Print("served-first", (await SyncAsync(podium, database, one)).TotalMilliseconds);
        Figures.Print("served-changed", (await SyncAsync(podium, database, other)).TotalMilliseconds);
        Figures.Print("served-same", (await SyncAsync(podium, database, other)).TotalMilliseconds);
        Figures.Print("served-peak", Figures.Peak(podium.ProcessId));
        podium.Stop();

        var connector = await database.ReadAsync(context => context.Set<Connector>().Select(row => row.Id).SingleAsync());
        await LongHistory.AddAsync(database, connector);
        var pages = await Addresses(database);
        for (var start = 1; start <= 3; start++)
        {
            Figures.Print($"start{start}", (await podium.StartAsync(pages[0].Address(new(1)))).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
            Figures.Print($"start{start}-memory", Figures.Resident(podium.ProcessId));
            if (start < 3)
            {
                podium.Stop();
            }
        }

        await ReadAsync(podium, pages, TimeSpan.FromSeconds(15));
        foreach (var (name, times) in await ReadAsync(podium, pages, Measured))
        {
            Print($"quiet/{name}", times);
        }

        using var stop = new CancellationTokenSource();
        var syncing = SyncOnAsync(podium, database, [one, other], stop.Token);
        foreach (var (name, times) in await ReadAsync(podium, pages, Measured))
        {
            Print($"syncing/{name}", times);
        }

        await stop.CancelAsync();
        Figures.Print("syncs", await syncing);
        await Task.Delay(TimeSpan.FromSeconds(60), TimeProvider.System);
        Figures.Print("loaded", Figures.Resident(podium.ProcessId));
        Figures.Print("loaded-peak", Figures.Peak(podium.ProcessId));
    }

    /// <summary>From the first byte of the upload until it is in the inventory.</summary>
    private static async Task<TimeSpan> SyncAsync(ServedPodium podium, Database database, byte[] content)
    {
        using var raw = podium.Connector(0, shares: true);
        await raw.HelloAsync("", CancellationToken.None);
        await database.WriteAsync(
            context => context.Set<Connector>().ExecuteUpdateAsync(set => set.SetProperty(connector => connector.NextSyncAt, new Moment(1))), CancellationToken.None);
        var task = await raw.TakeAsync(TaskType.SyncFull, CancellationToken.None);
        var began = Stopwatch.GetTimestamp();
        await raw.UploadAsync(task.Id, content, CancellationToken.None);
        await raw.FinishAsync(task.Id, CancellationToken.None);
        var id = Ksuid.Parse(task.Id);
        while (true)
        {
            var sync = await database.ReadAsync(context => context.Set<Sync>().SingleAsync(sync => sync.PublicId == id));
            if (sync.State == SyncState.Applied)
            {
                var time = Stopwatch.GetElapsedTime(began);
                while (await database.ReadAsync(context => context.Set<Connector>().AnyAsync(connector => connector.NextSyncAt == null)))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
                }

                return time;
            }

            if (sync.State is SyncState.Rejected or SyncState.Held or SyncState.Failed)
            {
                throw new InvalidOperationException($"{sync.State}: {sync.Reason}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static async Task<int> SyncOnAsync(ServedPodium podium, Database database, byte[][] uploads, CancellationToken cancellationToken)
    {
        var count = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await SyncAsync(podium, database, uploads[count++ % uploads.Length]);
        }

        return count;
    }

    private static async Task<IEnumerable<(string Name, List<double> Times)>> ReadAsync(ServedPodium podium, List<(string Name, Func<Random, string> Address)> pages, TimeSpan time)
    {
        var read = await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => ReadAsync(podium, pages, reader, time)));
        var all = read.SelectMany(times => times).ToList();
        return all.GroupBy(one => one.Name, StringComparer.Ordinal).Select(group => (group.Key, group.Select(one => one.Time).ToList())).Append(("all", all.ConvertAll(one => one.Time)));
    }

    private static async Task<List<(string Name, double Time)>> ReadAsync(ServedPodium podium, List<(string Name, Func<Random, string> Address)> pages, int reader, TimeSpan time)
    {
        using var browser = podium.Browser();
        var random = new Random(reader);
        var times = new List<(string, double)>();
        await Task.Delay(TimeSpan.FromSeconds(1.0 * reader / Readers), TimeProvider.System);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time; await second.WaitForNextTickAsync())
        {
            var (name, address) = pages[random.Next(pages.Count)];
            var asked = Stopwatch.GetTimestamp();
            using var answer = await browser.GetAsync(address(random));
            await answer.Content.ReadAsByteArrayAsync();
            times.Add((name, Stopwatch.GetElapsedTime(asked).TotalMilliseconds));
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{name}: {answer.StatusCode}");
            }
        }

        return times;
    }

    private static async Task<List<(string Name, Func<Random, string> Address)>> Addresses(Database database)
    {
        var app = $"/apps/{await database.ReadAsync(async context => (await context.Set<Podium.Apps.App>().SingleAsync()).PublicId)}";
        var entitlements = await database.ReadAsync(context => context.Set<AppEntitlement>().Select(row => row.Id).ToListAsync());
        var accounts = await database.ReadAsync(context => context.Set<AppAccount>().Select(row => row.Id).Take(20_000).ToListAsync());
        var now = TimeProvider.System.GetUtcNow();
        return
        [
            ("accounts", _ => $"{app}/accounts"),
            ("accounts by text", random => $"{app}/accounts?q={Uri.EscapeDataString(Any(random, Words))}"),
            ("accounts as of", random => $"{app}/accounts?{AsOf(random)}"),
            ("an account", random => $"{app}/accounts/{InventoryId.Of(InventoryKind.Account, Any(random, accounts))}"),
            ("an account as of", random => $"{app}/accounts/{InventoryId.Of(InventoryKind.Account, Any(random, accounts))}?{AsOf(random)}"),
            ("entitlements", _ => $"{app}/entitlements"),
            ("holders", random => $"{app}/entitlements/{InventoryId.Of(InventoryKind.Entitlement, Any(random, entitlements))}"),
            ("holders as of", random => $"{app}/entitlements/{InventoryId.Of(InventoryKind.Entitlement, Any(random, entitlements))}?{AsOf(random)}"),
            ("changes", _ => $"{app}/changes"),
            ("search", random => $"/search?q={Uri.EscapeDataString(Any(random, Words))}"),
            ("overview", _ => app),
            ("connectors", _ => "/connectors"),
        ];

        string AsOf(Random random) => $"{Look.DataListKeys.AsOf}={now.AddDays(-random.Next(1000)).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)}";
    }

    private static T Any<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        var word = name.Replace(' ', '_');
        Figures.Print($"{word}-p50", times[times.Count / 2]);
        Figures.Print($"{word}-p95", times[times.Count * 95 / 100]);
        Figures.Print($"{word}-longest", times[^1]);
    }
}
