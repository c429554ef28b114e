using System.Text;
using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Sdk.Hosting;

namespace Baton.Grafana.Tests.Strangers;

/// <summary>The same sync of the program again and again, in this process and into one file, in time that does not wait.</summary>
internal sealed class RepeatedSync(Uri hostname, string? token = null) : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("baton-grafana-tests-");
    private MemoryStream _output = new();
    private MemoryStream _error = new();

    public string File => Path.Combine(_folder.FullName, "sync.c1z");

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    public async Task<int> RunAsync(params string[] more)
    {
        (_output, _error) = (new(), new());
        foreach (var left in _folder.EnumerateFiles("*.partial"))
        {
            left.Delete();
        }

        string[] credential = token is null ? ["--username", "admin", "--password", TestConnector.Password] : ["--api-token", token];
        var environment = new ProcessEnvironment
        {
            Variables = name => name switch { "BATON_TMPDIR" => _folder.FullName, "BATON_RETRY_LIMIT" => "2", _ => null },
            WorkingDirectory = _folder.FullName,
            Output = _output,
            Error = _error,
            Time = new ImpatientTime(),
        };
        return await ConnectorHost.RunAsync(
            GrafanaProgram.Definition, ["--hostname", hostname.ToString(), .. credential, "--file", File, .. more], environment, TestContext.Current.CancellationToken);
    }

    /// <summary>The ids of the grants of the file's latest sync.</summary>
    public IReadOnlySet<string> Grants() => Read(reader => reader.Grants().Select(grant => grant.Id));

    /// <summary>The ids of the resources of a type, of the file's latest sync.</summary>
    public IReadOnlySet<string> Resources(string type)
        => Read(reader => reader.Resources().Where(resource => resource.Id.ResourceType == type).Select(resource => resource.Id.Resource));

    public void Dispose() => _folder.Delete(recursive: true);

    private HashSet<string> Read(Func<C1z.Reading.SyncReader, IEnumerable<string>> list)
    {
        using var file = C1zFile.OpenRead(File, new() { TemporaryFolder = _folder.FullName });
        return list(file.Read(file.Syncs.LatestFinished(SyncType.Full)!)).ToHashSet(StringComparer.Ordinal);
    }
}
