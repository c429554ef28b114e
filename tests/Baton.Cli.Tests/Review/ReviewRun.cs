using Baton.Evidence.Sheets.Inputs;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Review;

/// <summary>Reviews in a folder of their own.</summary>
internal sealed class ReviewRun : IDisposable
{
    public const string AsOf = "2026-12-01T00:00:00Z";

    private readonly TemporaryFolder _folder = new();

    public string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    /// <summary>The rows of the CSV, by the names of their columns.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> Rows(string file, params string[] flags)
    {
        var path = Path($"{Guid.NewGuid()}.csv");
        await Cli.Run(["review", "-f", file, "--as-of", AsOf, "--out", path, .. flags]);
        using var csv = CsvReader.Open(path);
        var header = csv.Read()!;
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read() is { } cells)
        {
            rows.Add(header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return rows;
    }

    public async Task<string> Text(string file, string format, params string[] flags)
        => (await Cli.Run(["review", "-f", file, "--as-of", AsOf, "--out", "-", "--format", format, .. flags])).Succeeded().Output;

    public void Dispose() => _folder.Dispose();
}
