using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Testing.Grafana;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Data;
using Podium.Tests.Data;

namespace Podium.Tests.Connectors;

/// <summary>
/// Each round changes a Grafana, asks for syncs, waits until one of them is at a drawn step and kills something there. Whatever and whenever it was: what
/// comes to rest is what Grafana holds, each change stands in the history once, no sync was applied twice, and the audit log verifies. Twenty rounds
/// here, any number by <c>bench/endure podium-kills</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Users = 300;
    private const int Organizations = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // What is never seen, as the connectors' names stand in for each other: "before" is the moment that was asked for.
    private static readonly SyncState?[] Steps = [null, SyncState.Queued, SyncState.Running, SyncState.Received, SyncState.Applying, SyncState.Applied];

    private static readonly GrafanaRole[] Roles = [GrafanaRole.Viewer, GrafanaRole.Editor, GrafanaRole.Admin];

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("BATON_ENDURE_SEEDS"), out var rounds) ? rounds : 20;

    private static int First => int.TryParse(Environment.GetEnvironmentVariable("BATON_ENDURE_FIRST"), out var first) ? first : 1;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sync_SomethingIsKilled_NothingIsLostAndNothingAppliedTwice(DatabaseKind kind)
    {
        await using var world = await KilledWorld.StartAsync(kind);
        world.Grafana.Populate(Users, Organizations);
        var history = new ExpectedHistory(world.Grafana, Organizations);
        await SettleAsync(world, history);

        // Each seed is run once, on one of the two.
        for (var seed = First; seed < First + Rounds; seed++)
        {
            if (seed % 2 == (kind == DatabaseKind.Sqlite ? 0 : 1))
            {
                await RunAsync(world, history, kind, seed);
            }
        }

        await VerifyAuditAsync(world);
    }

    private async Task RunAsync(KilledWorld world, ExpectedHistory history, DatabaseKind kind, int seed)
    {
        // Chosen for repetition, not for secrecy.
#pragma warning disable CA5394
        var random = new Random(seed * 7919);
        var victim = (KillVictim)random.Next(kind == DatabaseKind.Sqlite ? 3 : 5);
        var step = Steps[random.Next(Steps.Length)];
        var delay = random.Next(step is null or SyncState.Running ? 1500 : 40);
        Change(world.Grafana, seed, random);
#pragma warning restore CA5394
        var before = await LastSyncAsync(world);
        await world.AskForSyncsAsync();
        if (step is { } wanted)
        {
            await WaitForStepAsync(world, before, wanted);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(delay), TimeProvider.System, Cancellation);
        var found = await StatesAsync(world, before);
        output.WriteLine($"seed {seed}: {victim} {delay} ms after {(step is null ? "the wish" : step)}, when the syncs were {string.Join(" and ", found)}");
        await world.KillAsync(victim);
        await SettleAsync(world, history);
        await CheckAsync(world, history);
    }

    /// <summary>A new account, and a role that is another: what each sync has to show.</summary>
    private static void Change(FakeGrafana grafana, int seed, Random random)
    {
        var late = grafana.AddUser(string.Create(CultureInfo.InvariantCulture, $"late{seed}"));
#pragma warning disable CA5394
        var organization = 1 + random.Next(Organizations);
        grafana.AddMember(organization, late, Roles[random.Next(Roles.Length)]);
#pragma warning restore CA5394
        // The administrator stays one: whoever loses the last is held back.
        var member = Enumerable.Range(2, Users).First(user => grafana.RoleOf(organization, user) is GrafanaRole.Viewer or GrafanaRole.Editor);
        grafana.SetRole(organization, member, grafana.RoleOf(organization, member) == GrafanaRole.Viewer ? GrafanaRole.Editor : GrafanaRole.Viewer);
    }

    private static async Task WaitForStepAsync(KilledWorld world, long before, SyncState wanted)
    {
        // A step may be over before it is looked at: then the kill comes a little later, which is a moment like any other.
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
        {
            var states = await StatesAsync(world, before);
            if (states.Any(state => state >= wanted))
            {
                return;
            }
        }
    }

    private static Task<List<SyncState>> StatesAsync(KilledWorld world, long before) => world.Database.ReadAsync(
        context => context.Set<Sync>().Where(sync => sync.Id > before).OrderBy(sync => sync.Id).Select(sync => sync.State).ToListAsync(Cancellation));

    private static Task<long> LastSyncAsync(KilledWorld world) => world.Database.ReadAsync(context => context.Set<Sync>().Select(sync => sync.Id).MaxAsync(Cancellation));

    /// <summary>Asks for syncs until the inventory is what Grafana holds, through both connectors.</summary>
    private static async Task SettleAsync(KilledWorld world, ExpectedHistory history)
    {
        history.Note();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var problem = "";
        while (true)
        {
            try
            {
                problem = await history.ProblemAsync(world.Database, Cancellation) ?? await OpenAsync(world);
                if (problem is null)
                {
                    return;
                }

                if (await OpenAsync(world) is null)
                {
                    await world.AskForSyncsAsync();
                }
            }
            catch (Exception failure) when (failure is Npgsql.NpgsqlException or InvalidOperationException)
            {
                // The database server starts again.
                problem = failure.Message;
            }

            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                var syncs = await world.Database.ReadAsync(context => context.Set<Sync>().OrderByDescending(sync => sync.Id).Take(6).ToListAsync(Cancellation));
                Assert.Fail($"after {Patience}: {problem}; {string.Join("; ", syncs.Select(sync => $"{sync.ConnectorId}: {sync.State} {sync.Reason}"))}\n{world.Errors}");
            }
        }
    }

    private static async Task<string?> OpenAsync(KilledWorld world)
    {
        var open = await world.Database.ReadAsync(context => context.Set<Sync>().CountAsync(
            sync => sync.State == SyncState.Queued || sync.State == SyncState.Running || sync.State == SyncState.Received || sync.State == SyncState.Applying, Cancellation));
        return open == 0 ? null : $"{open} syncs are open";
    }

    private static async Task CheckAsync(KilledWorld world, ExpectedHistory history)
    {
        await using var context = world.Database.Open();
        await history.CheckAsync(context, Cancellation);
        var audit = await context.Set<AuditRow>().Where(row => row.Kind == "sync.received" || row.Kind == "sync.applied")
            .Select(row => new { row.Kind, row.SubjectId, row.Details }).ToListAsync(Cancellation);
        var twice = audit.GroupBy(row => (row.Kind, row.Kind == "sync.received" ? JsonNode.Parse(row.Details)!["sync"]!.GetValue<string>() : row.SubjectId!))
            .Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        Assert.Empty(twice);
        foreach (var connector in await context.Set<Connector>().AsNoTracking().ToListAsync(Cancellation))
        {
            var applied = await context.Set<Sync>().Where(sync => sync.ConnectorId == connector.Id && sync.State == SyncState.Applied).Select(sync => sync.AsOf).ToListAsync(Cancellation);
            Assert.Equal(applied.Count, applied.Distinct().Count());
            Assert.Equal(applied.Count, connector.InventoryVersion);
        }
    }

    /// <summary>By the command, as an auditor would.</summary>
    private static async Task VerifyAuditAsync(KilledWorld world)
    {
        var start = new ProcessStartInfo("dotnet", [KilledProcess.Built("Podium", "podium.dll"), "verify", "--audit", .. world.DatabaseFlags])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, $"{await said}{await wrong}");
        Assert.Contains("The audit log holds", await said, StringComparison.Ordinal);
    }
}
