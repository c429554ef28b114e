using System.Text;
using System.Text.Json;
using Podium.Hosting;

namespace Podium.Connectors.Hosted;

/// <summary>
/// The folder of one process of a connector: its settings and credential, readable by nobody else, gone with the process. What a killed server left
/// is removed at the next start.
/// </summary>
internal sealed class ChildFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] SystemBundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

    private ChildFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Every connector reads a file that this variable names.</summary>
    public string ConfigurationFile => System.IO.Path.Combine(Path, "config.yaml");

    public string AuthorityFile => System.IO.Path.Combine(Path, "authorities.pem");

    /// <param name="data">The server's own folder, in which it lies.</param>
    /// <param name="name">Of this process alone.</param>
    public static ChildFolder Create(DataFolder data, string name)
    {
        var folder = new ChildFolder(System.IO.Path.Combine(Root(data), name));
        Directory.CreateDirectory(folder.Path, OwnerOnly | UnixFileMode.UserExecute);
        return folder;
    }

    public static void Sweep(DataFolder data)
    {
        if (Directory.Exists(Root(data)))
        {
            Directory.Delete(Root(data), recursive: true);
        }
    }

    public void WriteConfiguration(IReadOnlyDictionary<string, object> settings)
    {
        // Connectors read YAML, of which JSON is a part that needs no rules of quoting.
        Write(ConfigurationFile, JsonSerializer.SerializeToUtf8Bytes(settings));
    }

    /// <summary>Our authority, and the system's: a connector calls this server and its app, and one variable serves both.</summary>
    public void WriteAuthorities(string? ours)
    {
        var bundle = Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { Length: > 0 } given ? given : SystemBundles.FirstOrDefault(File.Exists);
        Write(AuthorityFile, Encoding.UTF8.GetBytes((bundle is not null && File.Exists(bundle) ? File.ReadAllText(bundle) + "\n" : "") + ours + "\n"));
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static string Root(DataFolder data)
    {
        var root = data.FilePath("runs");
        Directory.CreateDirectory(root, OwnerOnly | UnixFileMode.UserExecute);
        return root;
    }

    private static void Write(string path, byte[] content)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        file.Write(content);
    }
}
