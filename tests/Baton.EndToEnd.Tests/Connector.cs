using System.Diagnostics;

namespace Baton.EndToEnd.Tests;

/// <summary>The built connector as a process. <c>BATON_E2E_EXECUTABLE</c> names another build of it, for example a published one.</summary>
internal sealed class Connector : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly ProcessLines _error;

    private Connector(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(Cancellation);
        _error = new(process.StandardError, Cancellation);
    }

    public int ProcessId => _process.Id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The words that start the connector.</summary>
    public static string[] Command
    {
        get
        {
            if (Environment.GetEnvironmentVariable("BATON_E2E_EXECUTABLE") is { Length: > 0 } other)
            {
                return [other];
            }

            return ["dotnet", Built("Baton.Grafana", "baton-grafana.dll")];
        }
    }

    /// <summary>What was built with the tests, by the folders of the artifacts layout: bin/project/configuration.</summary>
    public static string Built(string project, string assembly)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, assembly);
    }

    public static async Task<Ended> RunAsync(Workspace workspace, params IReadOnlyList<string> arguments)
    {
        await using var connector = Start(workspace, arguments);
        return await connector.EndAsync();
    }

    public static Connector Start(Workspace workspace, params IReadOnlyList<string> arguments) => StartIn(workspace, [], arguments);

    /// <param name="workspace">Where it works.</param>
    /// <param name="wrapper">A program that the connector's command line is handed to.</param>
    /// <param name="arguments">Those of the connector.</param>
    public static Connector StartIn(Workspace workspace, IReadOnlyList<string> wrapper, IReadOnlyList<string> arguments)
        => StartAny(workspace, [.. wrapper, .. Command, .. arguments]);

    /// <summary>Starts a program that starts the connector.</summary>
    public static Connector StartAny(Workspace workspace, params string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = workspace.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        workspace.Apply(start.Environment);
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start"));
    }

    public async Task<Ended> EndAsync()
    {
        await _process.WaitForExitAsync(Cancellation);
        return new(_process.ExitCode, await _output, await _error.WholeAsync());
    }

    /// <summary>The first line on standard error that holds a text, written already or to come.</summary>
    public Task<string> WaitForErrorAsync(string text)
        => _error.WaitForAsync(line => line.Contains(text, StringComparison.Ordinal), Cancellation);

    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Sends a signal, as <c>INT</c> or <c>KILL</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
