using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Podium.Tests.Connectors;

/// <summary>A process that is killed without a warning. Ends with this test run, too.</summary>
internal sealed class KilledProcess : IAsyncDisposable
{
    private const int MostErrors = 40;

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly List<string> _errors = [];

    private KilledProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _output.Writer.TryComplete();
            }
            else
            {
                _output.Writer.TryWrite(line.Data);
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.Add(line.Data ?? "");
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last lines on standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return string.Join('\n', _errors.TakeLast(MostErrors));
            }
        }
    }

    /// <summary>The most memory that it ever had.</summary>
    public long PeakBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return 1024 * long.Parse(line["VmHWM:".Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }

    public static KilledProcess Start(string[] words, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>What was built with the tests, by the folders of the artifacts layout.</summary>
    public static string Built(string project, string assembly)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, assembly);
    }

    /// <summary>The next line on standard output that begins with a word.</summary>
    public async Task<string> WaitForAsync(string word, CancellationToken cancellationToken)
    {
        await foreach (var line in _output.Reader.ReadAllAsync(cancellationToken))
        {
            if (line.StartsWith(word, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"it ended without '{word}': {Errors}");
    }

    /// <summary>Says a line on standard input, and waits for the line that answers it.</summary>
    public async Task<string> AskAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line);
        return await _output.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>Kills a process that another one started.</summary>
    public static async Task KillAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            // It ended by itself.
        }
    }

    public int Id => _process.Id;

    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
