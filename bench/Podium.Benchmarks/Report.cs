using System.Diagnostics;
using System.Text;
using Baton.Testing.PostgreSql;
using Npgsql;
using Podium.Data;

namespace Podium.Benchmarks;

/// <summary>Runs every measurement as a process of its own, and writes the page. What counts are ratios within one run.</summary>
internal sealed class Report(string connector, string podium, string folder, PostgreSqlServer server)
{
    public const int Runs = 3;
    private const int Users = 100_000;
    private const int Organizations = 500;

    private readonly StringBuilder _page = new();

    private string First => Path.Combine(folder, "first.c1z");

    private string Changed => Path.Combine(folder, "changed.c1z");

    public static async Task<string> WriteAsync(string connector, string podium)
    {
        var folder = Directory.CreateTempSubdirectory("podium-bench-").FullName;
        try
        {
            await using var server = await PostgreSqlServer.StartAsync(CancellationToken.None);
            return await new Report(connector, podium, folder, server).WriteAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>This program, with other words.</summary>
    public static ProcessStartInfo Self(IReadOnlyList<string> arguments) => new(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

    private async Task<string> WriteAsync()
    {
        await RunAsync("file", First, $"{Users}", $"{Organizations}", "false");
        await RunAsync("file", Changed, $"{Users}", $"{Organizations}", "true");
        var own = await RunAsync("own", connector, folder, $"{Users}", $"{Organizations}");
        _page.AppendLine("# Podium");
        _page.AppendLine();
        _page.AppendLine($"{Environment.ProcessorCount} processors. Best of {Runs} runs, each a new process: other work on the machine only adds.");
        _page.AppendLine("Processor time is that of our process; what PostgreSQL's takes is not in it.");
        _page.AppendLine();
        foreach (var kind in new[] { DatabaseKind.Sqlite, DatabaseKind.PostgreSql })
        {
            await WriteSyncsAsync(kind, own);
        }

        foreach (var kind in new[] { DatabaseKind.Sqlite, DatabaseKind.PostgreSql })
        {
            await WriteServedAsync(kind);
        }

        return _page.ToString();
    }

    private async Task WriteSyncsAsync(DatabaseKind kind, Dictionary<string, double> own)
    {
        var (floors, applies) = (new List<Dictionary<string, double>>(), new List<Dictionary<string, double>>());
        for (var run = 0; run < Runs; run++)
        {
            floors.Add(await RunAsync("floor", $"{kind}", await NewDatabaseAsync(kind, $"floor{run}"), First));
            applies.Add(await RunAsync("apply", $"{kind}", await NewDatabaseAsync(kind, $"apply{run}"), First, Changed));
        }

        var connectorTime = own.Values.Min();
        var (floor, floorCpu, first, firstCpu) = (Best(floors, "floor"), Best(floors, "floor-cpu"), Best(applies, "first"), Best(applies, "first-cpu"));
        _page.AppendLine($"## A sync of {Users:N0} accounts, {Organizations} organizations, 300,000 grants: {kind}");
        _page.AppendLine();
        _page.AppendLine("From the upload to what people see, in a fresh process. The floor is a program that reads the same file, inserts the same rows, builds");
        _page.AppendLine("the same indexes, and nothing else. \"Held\" is the longest transaction in which others wait to write. 1 % changed: accounts and grants.");
        _page.AppendLine();
        _page.AppendLine("| | time | processor | of the floor | of the first | held |");
        _page.AppendLine("|---|---:|---:|---:|---:|---:|");
        _page.AppendLine($"| floor | {floor:N0} ms | {floorCpu:N0} ms | 1.00 | | |");
        foreach (var (name, title) in new[] { ("first", "first"), ("same", "the same again"), ("changed", "1 % changed"), ("same-again", "the same once more"), ("back", "1 % changed, once more") })
        {
            var (time, cpu) = (Best(applies, name), Best(applies, $"{name}-cpu"));
            var ofFloor = name == "first" ? $"{time / floor:0.00} ({cpu / floorCpu:0.00} of its processor time)" : "";
            var ofFirst = name == "first" ? "" : $"{time / first:0.00} ({cpu / firstCpu:0.00})";
            _page.AppendLine($"| {title} | {time:N0} ms | {cpu:N0} ms | {ofFloor} | {ofFirst} | {Best(applies, $"{name}-held"):N0} ms |");
        }

        _page.AppendLine();
        _page.AppendLine($"The connector's own sync of as large a Grafana took {connectorTime:N0} ms: the first apply is {first / connectorTime:0.00} of it.");
        _page.AppendLine($"Peak memory {applies.Max(run => run["peak"]):N0} MB, {applies.Max(run => run["peak"] - run["before"]):N0} MB above before (the floor: {floors.Max(run => run["peak"]):N0} MB).");
        _page.AppendLine();
        WriteParts(applies, kind);
    }

    private void WriteParts(List<Dictionary<string, double>> applies, DatabaseKind kind)
    {
        _page.AppendLine($"Where the time of statements goes, {kind}; what is left is reading and comparing the file, the search index, and the commit.");
        _page.AppendLine();
        _page.AppendLine("| statement | first | 1 % changed |");
        _page.AppendLine("|---|---:|---:|");
        var parts = applies[0].Keys.Where(key => key.Contains(':', StringComparison.Ordinal) && !key.EndsWith("-cpu", StringComparison.Ordinal))
            .Select(key => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]).Distinct(StringComparer.Ordinal);
        foreach (var part in parts.Where(part => Time("first", part) > 5 || Time("changed", part) > 5))
        {
            _page.AppendLine($"| {part} | {Time("first", part):N0} ms | {Time("changed", part):N0} ms |");
        }

        _page.AppendLine();

        double Time(string sync, string part) => applies.Min(run => run.GetValueOrDefault($"{sync}:{part}"));
    }

    private async Task WriteServedAsync(DatabaseKind kind)
    {
        var served = await RunAsync("served", $"{kind}", await NewDatabaseAsync(kind, "served"), podium, First, Changed);
        var waiting = await RunAsync("waiting", $"{kind}", await NewDatabaseAsync(kind, "waiting"), podium);
        _page.AppendLine($"## The server: {kind}");
        _page.AppendLine();
        _page.AppendLine("| | |");
        _page.AppendLine("|---|---:|");
        _page.AppendLine($"| from the first byte of the upload to applied: first, 1 % changed, nothing changed | {served["served-first"]:N0}, {served["served-changed"]:N0}, {served["served-same"]:N0} ms |");
        _page.AppendLine($"| peak memory of these | {served["served-peak"]:N0} MB |");
        _page.AppendLine($"| start to the first page, with these data and 3.3 million ended grants | {Enumerable.Range(1, 3).Min(start => served[$"start{start}"]):N0} ms |");
        _page.AppendLine($"| memory: fresh without data, fresh with data, a minute after the load below | {served["fresh"]:N0}, {served["start3-memory"]:N0}, {served["loaded"]:N0} MB |");
        _page.AppendLine($"| 200 connectors waiting, nothing to do | {waiting["waiting-cpu-percent"]:0.0} % of a core, {waiting["waiting-memory"]:N0} MB |");
        _page.AppendLine();
        _page.AppendLine($"Pages as a browser gets them: 20 readers, a page a second each, three years of history with 1 % a day; then the same while {served["syncs"]:N0} syncs of 1 % came one after the other.");
        _page.AppendLine();
        _page.AppendLine("| page | p50 | p95 | longest | with syncs: p50 | p95 | longest |");
        _page.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var name in served.Keys.Where(key => key.StartsWith("quiet/", StringComparison.Ordinal) && key.EndsWith("-p50", StringComparison.Ordinal)).Select(key => key["quiet/".Length..^"-p50".Length]))
        {
            _page.AppendLine($"| {name.Replace('_', ' ')} | {Of("quiet", "p50")} | {Of("quiet", "p95")} | {Of("quiet", "longest")} | {Of("syncing", "p50")} | {Of("syncing", "p95")} | {Of("syncing", "longest")} |");

            string Of(string load, string figure) => served.TryGetValue($"{load}/{name}-{figure}", out var time) ? $"{time:0.0} ms" : "";
        }

        _page.AppendLine();
    }

    private async Task<string> NewDatabaseAsync(DatabaseKind kind, string name)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            return Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, "podium.db");
        }

        await using var connection = new NpgsqlConnection($"{server.ConnectionString};Database=postgres");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return $"{server.ConnectionString};Database={name}";
    }

    private static async Task<Dictionary<string, double>> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Self(arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await Console.Error.WriteLineAsync($"podium-bench {arguments[0]} {arguments.ElementAtOrDefault(1)}\n{output}");
        return process.ExitCode == 0 ? Figures.Parse(output) : throw new InvalidOperationException($"podium-bench {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static double Best(List<Dictionary<string, double>> runs, string name) => runs.Min(run => run[name]);
}
