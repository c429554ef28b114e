using Baton.CommandLine;
using Baton.Testing.Grafana;

namespace Baton.Demo;

/// <summary>The main job, start to end: a Grafana, a sync of it into a file, and what the file says.</summary>
internal static class Tour
{
    private const string File = "demo.c1z";

    public static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var options = new FakeGrafanaOptions();
        var (grafana, _) = await DemoGrafana.StartAsync(options, cancellationToken);
        await using (grafana)
        {
            await Say($"A Grafana for demonstration runs at {grafana.BaseAddress} until this ends. This is what a sync of yours would be:");
            await Say($"  BATON_HOSTNAME={grafana.BaseAddress} BATON_USERNAME={options.AdminLogin} BATON_PASSWORD=... BATON_SYNC_SERVICE_ACCOUNT_TOKENS=true baton-grafana --file {File}\n");
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["BATON_HOSTNAME"] = grafana.BaseAddress.ToString(),
                ["BATON_USERNAME"] = options.AdminLogin,
                ["BATON_PASSWORD"] = options.AdminPassword,
                ["BATON_SYNC_SERVICE_ACCOUNT_TOKENS"] = "true",
            };
            var synced = await Executables.ConnectorAsync(variables, "--file", File);
            if (synced != 0)
            {
                return synced;
            }
        }

        foreach (var listing in new[] { "resources", "grants", "stats" })
        {
            await Say($"\nbaton {listing} --file {File}\n");
            var listed = await Executables.BatonAsync(listing, "--file", File);
            if (listed != 0)
            {
                return listed;
            }
        }

        return 0;

        Task Say(string text) => invocation.Output.WriteLineAsync(text.AsMemory(), cancellationToken);
    }
}
