using System.Diagnostics;

namespace Baton.Demo;

/// <summary>The executables of this repository, as they were built with the demo.</summary>
internal static class Executables
{
    public static Task<int> ConnectorAsync(IReadOnlyDictionary<string, string> variables, params IReadOnlyList<string> arguments)
        => RunAsync("Baton.Grafana", "baton-grafana.dll", variables, arguments);

    public static Task<int> BatonAsync(params IReadOnlyList<string> arguments)
        => RunAsync("Baton.Cli", "baton.dll", new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    private static async Task<int> RunAsync(string project, string assembly, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments)
    {
        // The folders of the artifacts layout: bin/<project>/<configuration>.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, assembly);
        var start = new ProcessStartInfo("dotnet", [path, .. arguments]);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{assembly} did not start");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
