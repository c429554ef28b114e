using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Podium.Tests.Connectors;

namespace Podium.Tests.Hosting;

/// <summary><c>podium</c> as it is started on a machine, with its output, and signals as a terminal or a supervisor sends them.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly TaskCompletionSource _isServing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Note(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>Every line on standard error that is no line of the log.</summary>
    public IReadOnlyList<string> Complaints => [.. Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('{'))];

    public static ServeProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [KilledProcess.Built("Podium", "podium.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        return new(Process.Start(start)!);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Returns when it says that it serves.</summary>
    public async Task ServingAsync()
    {
        if (await Task.WhenAny(_isServing.Task, _process.WaitForExitAsync()).WaitAsync(Patience) != _isServing.Task)
        {
            throw new InvalidOperationException($"it ended with {_process.ExitCode}: {Errors}");
        }
    }

    public void Signal(PosixSignal signal)
    {
        using var kill = Process.Start("kill", [signal == PosixSignal.SIGINT ? "-INT" : "-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Its exit code, with all of its output read.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Note(List<string> lines, string? line)
    {
        lock (lines)
        {
            lines.Add(line ?? "");
        }

        if (line?.StartsWith("podium serves", StringComparison.Ordinal) == true)
        {
            _isServing.TrySetResult();
        }
    }

    private static string Text(List<string> lines)
    {
        lock (lines)
        {
            return string.Join('\n', lines);
        }
    }
}
