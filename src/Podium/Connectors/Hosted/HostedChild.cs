using System.Diagnostics;

namespace Podium.Connectors.Hosted;

/// <summary>The running process of one connector. Its folder goes with it.</summary>
internal sealed class HostedChild : IAsyncDisposable
{
    /// <summary>For what it is doing, after it was asked to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ChildFolder _folder;
    private readonly Task _reading;

    private HostedChild(Process process, ChildFolder folder, Action<string> line)
    {
        _process = process;
        _folder = folder;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, line), ReadAsync(process.StandardError, line));
    }

    public int ProcessId => _process.Id;

    public string? LastLine { get; private set; }

    /// <param name="starter">The thread that starts it.</param>
    /// <param name="executable">The connector.</param>
    /// <param name="folder">Written already; owned from now on.</param>
    /// <param name="environment">All that the process is given.</param>
    /// <param name="line">Takes what it writes.</param>
    public static async Task<HostedChild> StartAsync(
        ChildStarter starter, string executable, ChildFolder folder, Action<ProcessStartInfo> environment, Action<string> line)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "podium"), [ChildLauncher.Word, $"{Environment.ProcessId}", executable])
        {
            UseShellExecute = false,
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        environment(start);
        var process = await starter.StartAsync(start);
        process.StandardInput.Close();
        return new(process, folder, line);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited || !ChildLauncher.AskToEnd(_process.Id))
        {
            return;
        }

        using var patience = new CancellationTokenSource(Grace, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _reading;
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync() is { } text)
        {
            LastLine = text;
            line(text);
        }
    }
}
