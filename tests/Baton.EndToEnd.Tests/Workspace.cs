using Baton.C1z;
using Baton.C1z.Reading;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>
/// A folder of its own for a connector: where it works, where it puts its file, its temporary files, and the variables it is given.
/// </summary>
internal sealed class Workspace : IDisposable
{
    public const string Password = "planted-password-4711";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("baton-e2e-");

    public Workspace()
    {
        _root.CreateSubdirectory("work");
        _root.CreateSubdirectory("tmp");
        _root.CreateSubdirectory("out");
    }

    /// <summary>With what the official manifest for a server of one's own sets.</summary>
    public Workspace(FakeGrafana grafana)
        : this()
    {
        Variables["BATON_HOSTNAME"] = grafana.BaseAddress.ToString();
        Variables["BATON_USERNAME"] = "admin";
        Variables["BATON_PASSWORD"] = Password;
    }

    public string Root => _root.FullName;

    public string Folder => Path.Combine(Root, "work");

    public string Temporary => Path.Combine(Root, "tmp");

    public string OutputFolder => Path.Combine(Root, "out");

    public string File => Path.Combine(OutputFolder, "sync.c1z");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public static Task<FakeGrafana> StartGrafanaAsync(FakeGrafanaOptions? options = null)
        => FakeGrafana.StartAsync((options ?? new FakeGrafanaOptions()) with { AdminPassword = Password }, TestContext.Current.CancellationToken);

    public void Apply(IDictionary<string, string?> environment)
    {
        // Nothing of whoever runs the tests.
        foreach (var name in environment.Keys.Where(IsForeign).ToList())
        {
            environment.Remove(name);
        }

        environment["BATON_TMPDIR"] = Temporary;
        environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in Variables)
        {
            environment[name] = value;
        }

        static bool IsForeign(string name)
            => name.StartsWith("BATON_", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);
    }

    public Task<Ended> SyncAsync(params IReadOnlyList<string> arguments) => Connector.RunAsync(this, ["--file", File, .. arguments]);

    /// <summary>A file from before, to see that it stays.</summary>
    public async Task<byte[]> SyncedBeforeAsync(FakeGrafana grafana)
    {
        (await SyncAsync()).Succeeded();
        grafana.Requests.Clear();
        return await BytesAsync();
    }

    public Task<byte[]> BytesAsync() => System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);

    public T Read<T>(Func<SyncReader, T> read)
    {
        using var file = Open();
        return read(file.Read(file.Syncs.LatestFinished() ?? throw new InvalidOperationException("no finished sync")));
    }

    public C1zFile Open() => C1zFile.OpenRead(File, new() { TemporaryFolder = Root });

    /// <summary>Nothing lies around: the output folder holds just these, the temporary folder nothing.</summary>
    public void HoldsOnly(params IEnumerable<string> files)
    {
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.EnumerateFileSystemEntries(OutputFolder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Temporary));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Folder), path => Path.GetExtension(path) is not (".yaml" or ".pem"));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
