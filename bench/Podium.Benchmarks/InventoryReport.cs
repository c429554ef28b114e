using System.Diagnostics;
using System.Text;
using Baton.Testing.PostgreSql;
using Npgsql;
using Podium.Data;

namespace Podium.Benchmarks;

/// <summary>What applying a sync costs, and what reading the lists does. What counts are ratios within one run.</summary>
internal static class InventoryReport
{
    private const int Runs = 3;

    public static async Task<string> WriteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("podium-bench-").FullName;
        try
        {
            var (first, changed) = (Path.Combine(folder, "first.c1z"), Path.Combine(folder, "changed.c1z"));
            await RunAsync("file", first, "100000", "500", "false");
            await RunAsync("file", changed, "100000", "500", "true");
            var page = new StringBuilder();
            page.AppendLine("## Podium: applying a sync of 100,000 accounts, 500 organizations, 300,000 grants");
            page.AppendLine();
            page.AppendLine($"From the upload to what people see. Median of {Runs} runs, every run a new process; the floor is a program that reads the same file,");
            page.AppendLine("inserts the same rows and builds the same indexes, and nothing else. \"Written\" is the time in statements, in which other writers wait.");
            page.AppendLine("\"1 % changed\": a hundredth of the accounts and of the grants.");
            page.AppendLine();
            page.AppendLine("| | time | of the floor | of the first | written |");
            page.AppendLine("|---|---:|---:|---:|---:|");
            await using var server = await PostgreSqlServer.StartAsync(CancellationToken.None);
            var pages = new StringBuilder();
            foreach (var kind in new[] { DatabaseKind.Sqlite, DatabaseKind.PostgreSql })
            {
                await WriteAsync(kind, server, folder, first, changed, page, pages);
            }

            return $"{page}\n{pages}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(
        DatabaseKind kind, PostgreSqlServer server, string folder, string first, string changed, StringBuilder page, StringBuilder pages)
    {
        var floors = new List<Dictionary<string, double>>();
        var applies = new List<Dictionary<string, double>>();
        var connection = "";
        for (var run = 0; run < Runs; run++)
        {
            floors.Add(Numbers(await RunAsync("floor", $"{kind}", await NewDatabaseAsync(kind, server, folder, $"floor{run}"), first)));
            connection = await NewDatabaseAsync(kind, server, folder, $"apply{run}");
            applies.Add(Numbers(await RunAsync("apply", $"{kind}", connection, first, changed)));
        }

        var (floor, one) = (Median(floors, "floor"), Median(applies, "first"));
        page.AppendLine($"| **{kind}**: floor | {floor:N0} ms | 1.00 | | |");
        foreach (var (name, title) in new[] { ("first", "first"), ("same", "the same again"), ("changed", "1 % changed"), ("back", "1 % changed, once more") })
        {
            var time = Median(applies, name);
            page.AppendLine($"| {kind}: {title} | {time:N0} ms | {time / floor:0.00} | {time / one:0.00} | {Median(applies, $"{name}-written"):N0} ms |");
        }

        page.AppendLine($"| {kind}: peak memory | {Median(applies, "peak"):N0} MB | (floor {Median(floors, "peak"):N0} MB) | | {Median(applies, "peak") - Median(applies, "before"):N0} MB above before |");
        pages.AppendLine($"Pages of 50 with their counts, {kind}, after five syncs; one reader.");
        pages.AppendLine();
        pages.AppendLine("| page | p50 | p95 | longest |");
        pages.AppendLine("|---|---:|---:|---:|");
        foreach (var line in (await RunAsync("pages", $"{kind}", connection)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            pages.AppendLine($"| {string.Join(" | ", line.Split('\t'))} |");
        }

        pages.AppendLine();
    }

    private static async Task<string> NewDatabaseAsync(DatabaseKind kind, PostgreSqlServer server, string folder, string name)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            return Path.Combine(folder, $"{name}.db");
        }

        await using var connection = new NpgsqlConnection($"{server.ConnectionString};Database=postgres");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return $"{server.ConnectionString};Database={name}";
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"podium-bench {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static Dictionary<string, double> Numbers(string output)
        => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => double.Parse(words[1]));

    private static double Median(List<Dictionary<string, double>> runs, string name) => runs.Select(run => run[name]).Order().ElementAt(runs.Count / 2);
}
