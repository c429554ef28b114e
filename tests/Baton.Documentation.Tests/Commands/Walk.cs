using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Baton.Documentation.Tests.Pages;
using Baton.Testing.ControlPlane;
using Baton.Testing.Grafana;

namespace Baton.Documentation.Tests.Commands;

/// <summary>
/// A reader who does what a page says, block after block, in a folder of their own, with a Grafana and a platform of their own.
/// </summary>
internal sealed class Walk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("baton-docs-");
    private readonly FakeGrafana _grafana;
    private readonly FakeControlPlane _platform;
    private readonly Dictionary<string, string> _variables;

    private Walk(FakeGrafana grafana, string token, FakeControlPlane platform)
    {
        (_grafana, _platform) = (grafana, platform);
        Shims.Write(_root.CreateSubdirectory("bin").FullName);
        _root.CreateSubdirectory("tmp");
        Folder = _root.CreateSubdirectory("work").FullName;
        _variables = new(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.Combine(_root.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["BATON_TMPDIR"] = Path.Combine(_root.FullName, "tmp"),
            ["DOTNET_TieredPGO"] = "0",
            ["PASSWORD"] = "admin",
            ["WALK_FOLDER"] = _root.FullName,
            ["WALK_ROOT"] = Repository.Root,
            ["WALK_HOSTNAME"] = grafana.BaseAddress.ToString(),
            ["WALK_PASSWORD"] = "admin",
            ["WALK_TOKEN"] = token,
            ["WALK_CLIENT_ID"] = platform.ClientId,
            ["WALK_CLIENT_SECRET"] = platform.ClientSecret,
            ["WALK_PLATFORM"] = platform.Address,
            ["WALK_AUTHORITY"] = platform.CertificateAuthorityPath,
            ["WALK_DOTNET"] = Dotnet(),
            ["WALK_CONNECTOR"] = Built("Baton.Grafana", "baton-grafana.dll"),
            ["WALK_BATON"] = Built("Baton.Cli", "baton.dll"),
            ["WALK_SAMPLE"] = Built("Baton.Sample", "baton-groups.dll"),
            ["WALK_DEMO"] = Built("Baton.Demo", "baton-demo.dll"),
            ["WALK_PODIUM"] = Built("Podium", "podium.dll"),
            ["WALK_PODIUM_PORT"] = $"{FreePort()}",
            ["WALK_CURL"] = OnPath("curl") ?? "curl",
        };
    }

    /// <summary>Where the reader works.</summary>
    public string Folder { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="prepared">What the reader has from before; null for nothing.</param>
    public static async Task<Walk> StartAsync(string? prepared)
    {
        var (grafana, token) = await DemoGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.SetRole(DemoGrafana.MainOrganization, DemoGrafana.NeverSignedIn, GrafanaRole.Editor);
        var walk = new Walk(grafana, token!, await FakeControlPlane.StartAsync(new() { Patience = Patience }, Cancellation));
        foreach (var file in prepared is null ? [] : Directory.EnumerateFiles(prepared))
        {
            File.Copy(file, Path.Combine(walk.Folder, Path.GetFileName(file)));
        }

        return walk;
    }

    /// <summary>A role is taken away in Grafana by somebody else.</summary>
    public void ChangeGrafana() => _grafana.SetRole(DemoGrafana.MainOrganization, DemoGrafana.Linus, GrafanaRole.Editor);

    public async Task RunAsync(CodeBlock block)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        time.CancelAfter(Patience);
        using var shell = Start(block.Text);
        try
        {
            var output = shell.StandardOutput.ReadToEndAsync(time.Token);
            var error = shell.StandardError.ReadToEndAsync(time.Token);
            if (block.IsService)
            {
                await ServeAsync(time.Token);
            }

            await shell.WaitForExitAsync(time.Token);
            Assert.True(
                shell.ExitCode == block.ExitCode,
                $"{block.Place}: exit code {shell.ExitCode}, and {block.ExitCode} was expected\n{block.Text}\n--- output\n{await output}\n--- error\n{await error}");
        }
        finally
        {
            if (!shell.HasExited)
            {
                shell.Kill(entireProcessTree: true);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndPodiumAsync();
        await _platform.DisposeAsync();
        await _grafana.DisposeAsync();
        _root.Delete(recursive: true);
    }

    // It was left running by a block, as in another window.
    private async Task EndPodiumAsync()
    {
        var file = Path.Combine(_root.FullName, "podium.pid");
        if (!File.Exists(file) || !int.TryParse(await File.ReadAllTextAsync(file, CancellationToken.None), out var id))
        {
            return;
        }

        try
        {
            using var podium = Process.GetProcessById(id);
            using var kill = Process.Start("kill", ["-TERM", $"{id}"]);
            await kill.WaitForExitAsync(CancellationToken.None);
            using var patience = new CancellationTokenSource(Patience);
            await podium.WaitForExitAsync(patience.Token);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    // A service works when a task of the platform comes to its end; then it is stopped as every service is.
    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var task = _platform.Tasks.Add(new Protocol.ConnectorApi.V1.Task { SyncFull = new Protocol.ConnectorApi.V1.Task.Types.SyncFullTask() });
        var end = await _platform.WaitForFinishAsync(task.Id, cancellationToken);
        Assert.True(end.Succeeded, $"{end}");
        var process = (await File.ReadAllTextAsync(Path.Combine(_root.FullName, "service.pid"), cancellationToken)).Trim();
        using var kill = Process.Start("kill", ["-TERM", process]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    private Process Start(string text)
    {
        var start = new ProcessStartInfo("sh", ["-e", "-c", text])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Nothing of whoever runs the tests.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("BATON_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal) || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        var shell = Process.Start(start) ?? throw new InvalidOperationException("sh did not start");
        shell.StandardInput.Close();
        return shell;
    }

    /// <summary>Where this machine has a program; null when it has none.</summary>
    public static string? OnPath(string program)
        => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Dotnet() => OnPath("dotnet") ?? throw new InvalidOperationException("there is no dotnet in PATH");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // What was built with the tests, by the folders of the artifacts layout: bin/project/configuration.
    private static string Built(string project, string assembly)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, assembly);
    }
}
