using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Baton.Demo;

/// <summary>The executables of this repository, as they were built with the demo: bin/PROJECT/CONFIGURATION of the artifacts layout.</summary>
internal static class Executables
{
    public static string Podium { get; } = Built("Podium", "podium.dll");

    public static string Connector { get; } = Built("Baton.Grafana", "baton-grafana.dll");

    public static string Baton { get; } = Built("Baton.Cli", "baton.dll");

    public static string Demo { get; } = Built("Baton.Demo", "baton-demo.dll");

    /// <summary>What runs them: the runtime that runs this, whatever the path finds.</summary>
    public static string DotNet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet"));

    /// <summary>Runs one to its end, with the streams of this process.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string assembly, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(assembly, variables, arguments, isRead: false);
        await WaitAsync(process, cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Runs one to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="DemoException">It ended with another exit code than 0.</exception>
    public static async Task<string> ReadAsync(string assembly, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(assembly, new Dictionary<string, string>(StringComparer.Ordinal), arguments, isRead: true);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await WaitAsync(process, cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new DemoException($"{Path.GetFileNameWithoutExtension(assembly)} {arguments[0]} ended with {process.ExitCode}: what it wrote above says why");
    }

    private static Process Start(string assembly, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments, bool isRead)
    {
        var start = new ProcessStartInfo(DotNet, [assembly, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = isRead };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new DemoException($"{assembly} did not start");
    }

    private static async Task WaitAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    private static string Built(string project, string assembly)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, assembly);
    }
}
