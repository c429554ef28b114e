using Baton.C1z.Syncs;
using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

internal static class StatsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "stats",
        Summary = "Count what the sync holds, by resource type",
        Handler = (invocation, _) => Task.FromResult(Run(invocation.Flags, host)),
    };

    private static int Run(FlagValues flags, ProgramHost host)
    {
        var options = GlobalFlags.Read(flags, host.Environment);
        using var session = FileSession.Open(options, host);
        var run = session.Reader.Run;
        var stats = session.Reader.Stats();
        if (options.Format == OutputFormat.Json)
        {
            using var document = new JsonDocumentWriter(host.Output);
            document.WriteDocument(SyncMessages.WithStats(run, stats));
            return 0;
        }

        PrintRun(run, host);
        host.Output.Write('\n');
        PrintCounts(stats, host);
        return 0;
    }

    private static void PrintRun(SyncRun run, ProgramHost host)
    {
        var lines = new List<(string Name, string Value)>
        {
            ("Sync", run.Id),
            ("Type", run.TypeName),
            ("Started", Facts.Time(run.StartedAt)),
            ("Ended", run.EndedAt is { } ended ? Facts.Time(ended) : "unfinished"),
        };
        if (run.ParentId.Length > 0)
        {
            lines.Add(("Parent", run.ParentId));
        }

        foreach (var (name, value) in lines)
        {
            host.Output.Write($"{name,-8} {DisplayText.Neutralise(value)}\n");
        }
    }

    private static void PrintCounts(SyncStats stats, ProgramHost host)
    {
        var table = new TableWriter<Counts>(
            host.Output,
            [
                new("Resource type", row => row.Name),
                new("Resources", row => $"{row.Resources}") { IsNumber = true },
                new("Entitlements", row => $"{row.Entitlements}") { IsNumber = true },
                new("Grants", row => $"{row.Grants}") { IsNumber = true },
            ],
            host.Terminal);
        var types = stats.ResourcesByType.Keys.Concat(stats.EntitlementsByType.Keys).Concat(stats.GrantsByType.Keys);
        foreach (var type in types.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            table.Write(new(
                type,
                stats.ResourcesByType.GetValueOrDefault(type),
                stats.EntitlementsByType.GetValueOrDefault(type),
                stats.GrantsByType.GetValueOrDefault(type)));
        }

        table.Write(new("(all)", stats.Resources, stats.Entitlements, stats.Grants));
        table.End();
    }

    private sealed record Counts(string Name, long Resources, long Entitlements, long Grants);
}
