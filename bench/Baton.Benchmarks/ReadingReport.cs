using System.Text;

namespace Baton.Benchmarks;

/// <summary>
/// The commands of <c>baton</c> on large files. What compares is the ratio to the floor: <c>syncs</c> does nothing but unpack the file
/// and read a few rows. The figures of the Go tool are its best of two versions, from another run on a machine of this class.
/// </summary>
internal static class ReadingReport
{
    private const int Runs = 3;

    private static readonly ReadingCase[] OneSync =
    [
        new("syncs", "0.43 s, 35 MB"),
        new("stats", "0.49 s, 36 MB"),
        new("check", ""),
        new("resources", "1.7 s, 164 MB"),
        new("resources -o json", "2.5 s, 473 MB"),
        new("grants", "11.4 s, 778 MB"),
        new("grants -o json", "23.7 s, 2919 MB"),
        new("grants -t org -r 1", "0.78 s, 57 MB"),
        new("principals", "6.3 s, 244 MB"),
        new("access -t user -r 777", "1.2 s, 56 MB"),
        new("export csv --out OUT", "5.1 s, 788 MB"),
        new("export xlsx --out OUT", "19.4 s, 3165 MB"),
        new("export json --out OUT", ""),
        new("export c1z --out OUT", "5.3 s, 57 MB"),
        new("dump-db --out OUT", "0.43 s, 35 MB"),
    ];

    private static readonly ReadingCase[] TwoSyncs =
    [
        new("syncs", ""),
        new("stats", "0.86 s, 35 MB"),
        new("diff -o json", "6.1 s, 825 MB"),
        new("export c1z --out OUT", ""),
    ];

    private static readonly ReadingCase[] OldWriter = [new("syncs", "5.5 s, 52 MB"), new("stats", "5.9 s, 52 MB"), new("grants -t org -r 1", "5.1 s, 59 MB")];

    public static async Task WriteAsync(string baton, string folder, StringBuilder page)
    {
        page.AppendLine("## Reading: 100,000 accounts, 300,000 grants");
        page.AppendLine();
        page.AppendLine("`baton` as a process, its output into a file. The floor is `syncs`, which unpacks the file and reads a few rows.");
        page.AppendLine("In the last column are the best figures of the Go tool, measured in another run on a machine of this class.");
        page.AppendLine();
        await WriteAsync("One sync", Path.Combine(folder, "one.c1z"), 1, asOldWriter: false, OneSync);
        await WriteAsync("Two syncs that differ in a hundredth", Path.Combine(folder, "two.c1z"), 2, asOldWriter: false, TwoSyncs);
        await WriteAsync("A file of an old writer, which the Go tool migrates at every opening", Path.Combine(folder, "old.c1z"), 1, asOldWriter: true, OldWriter);

        async Task WriteAsync(string title, string file, int syncs, bool asOldWriter, ReadingCase[] cases)
        {
            LargeFile.Write(file, users: 100_000, organizations: 50, grantsPerUser: 3, syncs, asOldWriter);
            page.AppendLine($"{title}: {new FileInfo(file).Length / 1048576.0:0.0} MB packed.");
            page.AppendLine();
            page.AppendLine("| command | wall | CPU | of the floor | peak memory | Go tool |");
            page.AppendLine("|---|---:|---:|---:|---:|---|");
            TimeSpan? floor = null;
            foreach (var one in cases)
            {
                var taken = await Measurement.MedianAsync(Runs, () => RunAsync(baton, folder, file, one));
                floor ??= taken.Cpu;
                page.AppendLine($"| `{one.Command.Replace(" --out OUT", "", StringComparison.Ordinal)}` | {taken.Wall.TotalSeconds:0.00} s | {taken.Cpu.TotalSeconds:0.00} s | "
                    + $"{taken.Cpu / floor.Value:0.0} | {taken.PeakBytes / 1048576.0:0} MB | {one.Go} |");
            }

            page.AppendLine();
        }
    }

    // The shell is replaced by the program, and only redirects: nobody has to read what is written.
    private static Task<Measurement> RunAsync(string baton, string folder, string file, ReadingCase one)
    {
        var output = Path.Combine(folder, "out");
        File.Delete(output);
        string[] arguments = [.. one.Command.Split(' ').Select(word => word == "OUT" ? output : word), "-f", file];
        return MeasuredProcess.RunAsync(
            "/bin/sh",
            ["-c", "exec \"$0\" \"$@\" > \"$TARGET\"", baton, .. arguments],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["TARGET"] = Path.Combine(folder, "stdout") });
    }

    /// <param name="Command">What is run; <c>OUT</c> stands for a file.</param>
    /// <param name="Go">The Go tool's best wall time and its least memory; empty where it has no such command or none that works.</param>
    private sealed record ReadingCase(string Command, string Go);
}
