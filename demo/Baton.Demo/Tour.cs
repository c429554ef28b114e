using System.Globalization;
using System.Text.Json.Nodes;
using Baton.CommandLine;

namespace Baton.Demo;

/// <summary>
/// The main job, start to end: a Grafana, Podium that governs it by three syncs between which things change, and baton, which reads the same Grafana
/// from a file and has to count the same.
/// </summary>
internal sealed class Tour(bool isAtTerminal)
{
    private const string File = "demo.c1z";

    private static readonly BooleanFlag Once = new("once", "End after the counts instead of serving until Ctrl-C; also when standard input is not a terminal");

    public static IReadOnlyList<Flag> Flags => [Once];

    public async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("baton-demo-");
        try
        {
            await using var grafana = await GrafanaServer.StartAsync(folder.FullName, cancellationToken);
            await SayAsync($"A Grafana for demonstration runs at {grafana.Address}. Podium begins to govern it:\n");
            await using var podium = await Governance.StartAsync(folder.FullName, cancellationToken);
            var governed = await GovernAsync(podium.Api, grafana, SayAsync, cancellationToken);
            await SayAsync("\nThe same Grafana without a server, into a file. This is what a sync of yours would be:\n");
            var read = await ReadAsync(grafana, SayAsync, cancellationToken);
            if (read != 0)
            {
                return read;
            }

            // The syncs may have taken longer than a token lives.
            await podium.Api.RenewAsync(cancellationToken);
            var isEqual = await CompareAsync(await governed.CountAsync(cancellationToken), await Counts.OfFileAsync(File, cancellationToken), SayAsync);
            if (!isEqual)
            {
                return 1;
            }

            await SayAsync($"\nPodium: {podium.Address}{governed.AppPage}\n  sign in as {Governance.Email} with the password {podium.Password}");
            await SayAsync("  (the browser will not know its authority; Accounts, Entitlements and Changes are in the app's tabs, “as of” is at the top of each list)");
            if (isAtTerminal && !invocation.Flags.Get(Once))
            {
                await SayAsync("Ctrl-C ends everything and removes it.");
                await EndAsync(cancellationToken);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Task SayAsync(string text) => invocation.Output.WriteLineAsync(text.AsMemory(), cancellationToken);
    }

    private static async Task<GovernedGrafana> GovernAsync(PodiumApi api, GrafanaServer grafana, Func<string, Task> say, CancellationToken cancellationToken)
    {
        var governed = await GovernedGrafana.ConnectAsync(api, grafana.Address, cancellationToken);
        var first = await governed.FirstSyncAsync(cancellationToken);
        await say($"  first sync: {first["accounts"]} accounts, {first["entitlements"]} entitlements, {first["grants"]} grants");
        await grafana.ChangeAsync(cancellationToken);
        var second = await governed.SyncAsync(cancellationToken);
        await say("  second sync: linus was promoted, radia came");
        await grafana.TidyAsync(cancellationToken);
        var last = await governed.SyncAsync(cancellationToken);
        await say("  third sync: edsger, who had left, lost the last of his access, and niklaus' account is gone");
        await say("\nPodium keeps who had what, and answers as of any moment:\n");
        foreach (var sync in new[] { first, second, last })
        {
            await say($"  as of {sync["asOf"]}: {await governed.AccountsAsOfAsync(sync, cancellationToken)} accounts");
        }

        await say("\nWhat changed since the first sync, the newest first:\n");
        foreach (var change in await governed.ChangesAfterAsync(first, cancellationToken))
        {
            await say($"  {Words(change)}");
        }

        return governed;
    }

    private static string Words(JsonObject change)
    {
        var verb = change["kind"]!.GetValue<string>().EndsWith("BEGUN", StringComparison.Ordinal) ? "+" : "-";
        return change["appEntitlementId"]!.GetValue<string>().Length == 0
            ? $"{verb} account {change["accountName"]}"
            : $"{verb} {change["accountName"]}: {change["entitlementName"]}";
    }

    private static async Task<int> ReadAsync(GrafanaServer grafana, Func<string, Task> say, CancellationToken cancellationToken)
    {
        await say($"  BATON_HOSTNAME={grafana.Address} BATON_USERNAME={GrafanaServer.Administrator} BATON_PASSWORD=... BATON_SYNC_SERVICE_ACCOUNT_TOKENS=true baton-grafana --file {File}\n");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BATON_HOSTNAME"] = grafana.Address.ToString(),
            ["BATON_USERNAME"] = GrafanaServer.Administrator,
            ["BATON_PASSWORD"] = GrafanaServer.Password,
            ["BATON_SYNC_SERVICE_ACCOUNT_TOKENS"] = "true",
        };
        var synced = await Executables.RunAsync(Executables.Connector, variables, ["--file", File], cancellationToken);
        foreach (var listing in synced == 0 ? new[] { "resources", "grants", "stats" } : [])
        {
            await say($"\nbaton {listing} --file {File}\n");
            var listed = await Executables.RunAsync(Executables.Baton, new Dictionary<string, string>(StringComparer.Ordinal), [listing, "--file", File], cancellationToken);
            if (listed != 0)
            {
                return listed;
            }
        }

        return synced;
    }

    private static async Task<bool> CompareAsync(Counts podium, Counts baton, Func<string, Task> say)
    {
        await say(string.Create(CultureInfo.InvariantCulture, $"\n{"",-14}{"Podium",8}{"baton",8}"));
        await say(string.Create(CultureInfo.InvariantCulture, $"{"accounts",-14}{podium.Accounts,8}{baton.Accounts,8}"));
        await say(string.Create(CultureInfo.InvariantCulture, $"{"entitlements",-14}{podium.Entitlements,8}{baton.Entitlements,8}"));
        await say(string.Create(CultureInfo.InvariantCulture, $"{"grants",-14}{podium.Grants,8}{baton.Grants,8}"));
        await say(podium == baton ? "Both count the same." : "They differ, and should not: please report it.");
        return podium == baton;
    }

    private static async Task EndAsync(CancellationToken cancellationToken)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(interrupted.SetResult);
        await interrupted.Task;
    }
}
