namespace Podium.Benchmarks;

/// <summary>What a measurement tells the report: lines of a name, a space, and a number.</summary>
internal static class Figures
{
    public static void Print(string name, double value) => Console.WriteLine($"{name} {value:0.0}");

    public static Dictionary<string, double> Parse(string output)
        => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => double.Parse(words[1]), StringComparer.Ordinal);

    /// <summary>The most memory that a process ever had, in MB.</summary>
    public static double Peak(int? process = null) => Memory(process, "VmHWM:");

    /// <summary>The memory that a process has, in MB.</summary>
    public static double Resident(int? process = null) => Memory(process, "VmRSS:");

    private static double Memory(int? process, string line)
        => long.Parse(File.ReadLines($"/proc/{(process is { } id ? $"{id}" : "self")}/status").First(text => text.StartsWith(line, StringComparison.Ordinal))[line.Length..].Trim().TrimEnd('k', 'B').Trim()) / 1024.0;
}
