using System.Text;
using Baton.C1z;
using Baton.Sdk.Hosting;

namespace Baton.Grafana.Tests;

/// <summary>A whole sync of the program, in this process and into a folder of its own.</summary>
internal sealed class InProcessSync : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();

    public DirectoryInfo Folder { get; } = System.IO.Directory.CreateTempSubdirectory("baton-grafana-tests-");

    public string File => Path.Combine(Folder.FullName, "sync.c1z");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    public Task<int> RunAsync(Uri hostname, TimeProvider time, params ReadOnlySpan<string> more)
        => RunAsync(time, ["--hostname", hostname.ToString(), "--username", "admin", "--password", TestConnector.Password, "--file", File, .. more]);

    public Task<int> RunAsync(TimeProvider time, string[] arguments)
    {
        var environment = new ProcessEnvironment
        {
            Variables = name => name == "BATON_TMPDIR" ? Folder.FullName : Variables.GetValueOrDefault(name),
            WorkingDirectory = Folder.FullName,
            Output = _output,
            Error = _error,
            Time = time,
        };
        return ConnectorHost.RunAsync(GrafanaProgram.Definition, arguments, environment, TestContext.Current.CancellationToken);
    }

    public C1zFile Open() => C1zFile.OpenRead(File, new() { TemporaryFolder = Folder.FullName });

    public void Dispose() => Folder.Delete(recursive: true);
}
