using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Podium.Hosting;

namespace Podium.Connectors.Catalog;

/// <summary>
/// What can be added: Grafana, which runs here; any connector that runs elsewhere; and the executables of the catalogue folder. A folder that
/// somebody else could write to is refused: what lies in it runs with what podium may do.
/// </summary>
internal sealed class ConnectorCatalog(ServerOptions options, ILogger<ConnectorCatalog> logger)
{
    public const string GrafanaId = "2u00PxhFPUJXX9oUwLlijnpIFME";
    public const string BatonId = "2HErg7BRmNdHgX8sTCWVq4E1fyh";

    private const string Grafana = "baton-grafana";
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lazy<Task<CatalogSchema>>> _schemas = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<CatalogEntry>> _entries = new(() => [.. new CatalogFolder(options.CatalogDirectory).Entries(logger)]);

    public IReadOnlyList<CatalogEntry> Entries => _entries.Value;

    public CatalogEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>The form of an entry's settings; read once from its executable.</summary>
    /// <exception cref="Refusal">The executable is not there, or does not say.</exception>
    public async Task<CatalogSchema> SchemaAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Hosting == ConnectorHosting.SelfHosted)
        {
            return CatalogSchema.Empty;
        }

        var executable = entry.Executable ?? throw new Refusal($"The connector {entry.DisplayName} is not installed beside podium: put its executable into --catalog-directory.");
        var reading = _schemas.GetOrAdd(executable, path => new(() => ReadAsync(path)));
        try
        {
            return await reading.Value.WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or Win32Exception or JsonException or TimeoutException)
        {
            _schemas.TryRemove(new(executable, reading));
            throw new Refusal($"The connector {entry.DisplayName} does not tell its settings: {failure.Message}");
        }
    }

    internal static string? FindGrafana(string? folder)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string?[] places =
        [
            folder,
            own.FullName,
            // Where the repository's build puts it: bin/PROJECT/CONFIGURATION.
            own.Parent?.Parent is { } bin ? Path.Combine(bin.FullName, "Baton.Grafana", own.Name) : null,
        ];
        return places.OfType<string>().Select(place => Path.Combine(place, Grafana)).FirstOrDefault(File.Exists);
    }

    internal static bool IsKeptFromOthers(string path) => (File.GetUnixFileMode(path) & OthersWrite) == UnixFileMode.None;

    internal static bool IsExecutable(string path) => (File.GetUnixFileMode(path) & AnyExecute) != UnixFileMode.None;

    private static async Task<CatalogSchema> ReadAsync(string executable)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var start = new ProcessStartInfo(executable, ["config"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        ExecutableEnvironment.Set(start, executable);
        using var process = Process.Start(start) ?? throw new IOException("it did not start");
        try
        {
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var json = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? CatalogSchema.Parse(json) : throw new IOException($"it ended with {process.ExitCode}: {(await error).Trim()}");
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"it took longer than {Patience.TotalSeconds:0} s", late);
        }
    }
}
