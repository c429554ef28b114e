using System.Text;

namespace Baton.Benchmarks;

/// <summary>The measurements as a page. Times of one run compare with each other, not with those of another machine.</summary>
internal static class Report
{
    private const int Runs = 5;

    public static async Task<string> WriteAsync(Subject subject)
    {
        var page = new StringBuilder();
        page.AppendLine("# Benchmarks");
        page.AppendLine();
        page.AppendLine("Made by `bench/run`: published executables against the fake Grafana in a process of its own, all on one machine.");
        page.AppendLine("What counts are the ratios within one run; times depend on the machine and on what else it does.");
        page.AppendLine();
        page.AppendLine($"{Environment.ProcessorCount} processors. Median of {Runs} runs; peak memory is the highest of all.");
        page.AppendLine();
        await WriteSyncsAsync(subject, page);
        await WritePartsAsync(subject, page, users: 20_000);
        await WritePartsAsync(subject, page, users: 100_000);
        await ReadingReport.WriteAsync(subject.Baton, subject.Folder, page);
        return page.ToString();
    }

    private static async Task WriteSyncsAsync(Subject subject, StringBuilder page)
    {
        page.AppendLine("## The connector as a process");
        page.AppendLine();
        page.AppendLine("| run | wall | CPU | peak memory |");
        page.AppendLine("|---|---:|---:|---:|");
        Add("`--version`", await Measurement.MedianAsync(Runs, () => MeasuredProcess.RunAsync(subject.Connector, ["--version"], new Dictionary<string, string>(StringComparer.Ordinal))));
        foreach (var (users, latency) in new[] { (20_000, 0), (20_000, 50), (100_000, 0) })
        {
            using var grafana = await ServedGrafana.StartAsync(subject, users, latency);
            Add($"sync of {users:N0} accounts{(latency > 0 ? $", {latency} ms latency" : "")}", await Measurement.MedianAsync(Runs, () => SyncAsync(subject, grafana, "sync.c1z")));
            if (latency == 0)
            {
                Add($"sync of {users:N0} accounts into a file that has two", await Measurement.MedianAsync(Runs, () => SyncAsync(subject, grafana, file: null)));
            }
        }

        page.AppendLine();
        page.AppendLine($"Executable: {new FileInfo(subject.Connector).Length / 1048576.0:0.0} MB.");
        page.AppendLine();

        void Add(string run, Measurement taken)
            => page.AppendLine($"| {run} | {taken.Wall.TotalSeconds:0.000} s | {taken.Cpu.TotalSeconds:0.00} s | {taken.PeakBytes / 1048576.0:0} MB |");
    }

    private static Task<Measurement> SyncAsync(Subject subject, ServedGrafana grafana, string? file)
        => MeasuredProcess.RunAsync(
            subject.Connector,
            ["--file", file is null ? Path.Combine(subject.Folder, "kept.c1z") : subject.NewFile(file), "--log-level", "error"],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["BATON_HOSTNAME"] = grafana.Address.ToString(),
                ["BATON_USERNAME"] = "admin",
                ["BATON_PASSWORD"] = "admin",
            });

    private static async Task WritePartsAsync(Subject subject, StringBuilder page, int users)
    {
        File.Delete(Path.Combine(subject.Folder, "kept.c1z"));
        using var grafana = await ServedGrafana.StartAsync(subject, users);
        var parts = new Parts(subject, grafana.Address);
        var (_, rows) = await parts.FetchAsync(keep: true);
        var floor = Best(() => Floor.Run(subject, rows!), times => times.Total);
        var store = Best(() => parts.Store(rows!), times => times.Put + times.Settle + times.Save);
        rows = null;
        GC.Collect();
        var fetch = TimeSpan.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var (time, _) = await parts.FetchAsync(keep: false);
            fetch = time < fetch ? time : fetch;
        }

        page.AppendLine($"## Where the time goes: {users:N0} accounts");
        page.AppendLine();
        page.AppendLine("Each part by itself, in one process, best of the runs. The floor inserts rows that are encoded already, with prepared");
        page.AppendLine("statements in one transaction, builds the indexes and compresses the file.");
        page.AppendLine();
        page.AppendLine("| part | time | of the floor's total |");
        page.AppendLine("|---|---:|---:|");
        Add("floor: insert", floor.Insert);
        Add("floor: indexes", floor.Index);
        Add("floor: compress", floor.Compress);
        Add("**floor**", floor.Total);
        Add("fetch: requests, JSON, messages", fetch);
        Add("store: encode and insert", store.Put);
        Add("store: indexes, counts, end", store.Settle);
        Add("store: compress and save", store.Save);
        page.AppendLine();

        void Add(string part, TimeSpan time)
            => page.AppendLine($"| {part} | {time.TotalSeconds:0.000} s | {time / floor.Total:0.00} |");
    }

    private static T Best<T>(Func<T> run, Func<T, TimeSpan> time)
        => Enumerable.Range(0, Runs).Select(_ => run()).MinBy(time)!;
}
