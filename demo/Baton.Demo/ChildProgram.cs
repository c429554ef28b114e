using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Baton.Demo;

/// <summary>
/// A program of this repository that runs beside the demo until it is disposed of: asked to end first, as a supervisor would. When the demo is killed
/// instead, the kernel kills it, by the launcher that podium starts its connectors with.
/// </summary>
internal sealed partial class ChildProgram : IAsyncDisposable
{
    private const string Launcher = "_child";
    private const int Terminate = 15;
    private const int KeptLines = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _name;
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Queue<string> _errors = new();
    private readonly Task _reading;

    private ChildProgram(string name, Process process)
    {
        (_name, _process) = (name, process);
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    /// <param name="assembly">What to run.</param>
    /// <param name="folder">Where it works: a folder without settings of anybody's.</param>
    /// <param name="arguments">Its command line; no secrets.</param>
    public static async Task<ChildProgram> StartAsync(string assembly, string folder, params IReadOnlyList<string> arguments)
    {
        var parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Executables.DotNet, [Executables.Podium, Launcher, parent, Executables.DotNet, assembly, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Settings of whoever starts the demo are not meant for it.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PODIUM_", StringComparison.Ordinal) || name.StartsWith("BATON_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return new(Path.GetFileNameWithoutExtension(assembly), await ChildThread.StartAsync(start));
    }

    /// <summary>The next line on its standard output that begins like this.</summary>
    /// <exception cref="DemoException">It ended without.</exception>
    public async Task<string> WaitForAsync(string beginning, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        await _process.WaitForExitAsync(cancellationToken);
        await _reading;
        throw new DemoException($"{_name} ended with {_process.ExitCode}: {string.Join(' ', _errors.TakeLast(3))}");
    }

    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            if (!_process.HasExited && Signal(_process.Id, Terminate) == 0)
            {
                using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
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

            await _reading;
        }
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    // A program that writes more than anybody reads would stand still.
    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errors.Enqueue(line);
            if (_errors.Count > KeptLines)
            {
                _errors.Dequeue();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);
}
