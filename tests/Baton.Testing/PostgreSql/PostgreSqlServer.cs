using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Baton.Testing.PostgreSql;

/// <summary>
/// A real PostgreSQL of the machine's package, in a folder of its own, on a free port of the loopback interface, as slow and safe as in production
/// (fsync on). Ends with the process that started it: it is stopped on disposal, and by the kernel's death signal otherwise.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Account = "postgres";
    private readonly string _binaries;
    private readonly string _folder;
    private Process _process;

    private PostgreSqlServer(string binaries, string folder, int port, Process process)
    {
        _binaries = binaries;
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>For Npgsql, without a database.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={Account};Include Error Detail=true";

    /// <summary>Installs the package where there is none (eng/install-prerequisites).</summary>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL and none can be installed, or it does not start; with what it said.</exception>
    public static async Task<PostgreSqlServer> StartAsync(CancellationToken cancellationToken)
    {
        var binaries = FindBinaries() ?? await InstallAsync(cancellationToken);
        var folder = Directory.CreateTempSubdirectory("podium-postgresql-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root; its package brings an account.
            await RunAsync("chown", [Account, folder], cancellationToken);
        }

        await RunAsync(
            Prefix(out var first, Path.Combine(binaries, "initdb")),
            [.. first, "--pgdata", folder, "--username", Account, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"],
            cancellationToken);
        var port = FreePort();
        return new(binaries, folder, port, await RunServerAsync(binaries, folder, port, cancellationToken));
    }

    /// <summary>Ends every process of it at once, as a crash would, and starts it again: it recovers what was committed.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        await RunAsync(Prefix(out var first, Path.Combine(_binaries, "pg_ctl")), [.. first, "stop", "-D", _folder, "-m", "immediate"], cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        _process.Dispose();
        _process = await RunServerAsync(_binaries, _folder, Port, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await RunAsync(Prefix(out var first, Path.Combine(_binaries, "pg_ctl")), [.. first, "stop", "-D", _folder, "-m", "immediate"], patience.Token);
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception failure) when (failure is InvalidOperationException or OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Process> RunServerAsync(string binaries, string folder, int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Prefix(out var first, Path.Combine(binaries, "postgres")))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var argument in (string[])[.. first, "-D", folder, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=400"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = await StartForeverAsync(start);
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetResult(false);
            }
            else if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult(true);
            }
            else
            {
                lock (said)
                {
                    said.Add(line.Data);
                }
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!await ready.Task.WaitAsync(cancellationToken))
        {
            throw new InvalidOperationException("PostgreSQL does not start: " + string.Join('\n', said));
        }

        return process;
    }

    // The death signal is sent when the thread ends that started the process, and threads of the pool end when there is little to do.
    private static Task<Process> StartForeverAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                var process = Process.Start(start)!;
                started.SetResult(process);
                process.WaitForExit();
            }
            catch (Exception failure)
            {
                started.TrySetException(failure);
            }
        })
        {
            IsBackground = true,
            Name = "PostgreSQL",
        };
        thread.Start();
        return started.Task;
    }

    private static string? FindBinaries()
    {
        string[] versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.Select(version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .OrderDescending(StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        await RunAsync(Repository.PathOf("eng", "install-prerequisites"), [], cancellationToken);
        return FindBinaries() ?? throw new InvalidOperationException("There is no PostgreSQL on this machine: install the package postgresql.");
    }

    private static string Prefix(out string[] first, string program)
    {
        first = Environment.IsPrivilegedProcess ? ["--pdeathsig", "KILL", "--reuid", Account, "--regid", Account, "--clear-groups", program] : ["--pdeathsig", "KILL", program];
        return "setpriv";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {await error} {await output}");
        }
    }
}
