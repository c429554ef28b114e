using System.Security.Cryptography;
using System.Text;

namespace Baton.Sdk.Tasks.Syncs;

/// <summary>
/// The files of sync tasks, in the temporary folder: at most one for each selection, named after the client and the selection, so that a
/// process that takes over finds what its predecessor left. What nobody can use any more is deleted. Thread-safe.
/// </summary>
/// <remarks>
/// While a sync runs, its progress is beside the file (<c>.partial</c>). A complete one bears the task's id and stays until the platform
/// has it, so that the same task does not sync again because an upload failed.
/// </remarks>
internal sealed class SyncSpool : IDisposable
{
    /// <summary>How long what is left behind is of use: after that, too much of it may have changed.</summary>
    public static readonly TimeSpan UsableFor = TimeSpan.FromMinutes(30);

    private const string Extension = ".c1z";

    private readonly string _folder;
    private readonly string _prefix;
    private readonly FileStream? _lock;
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <param name="folder">Exists.</param>
    /// <param name="clientId">Whose files they are.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public SyncSpool(string folder, string clientId, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        _prefix = $"baton-sync-{Hash(clientId)}-";
        _lock = TryLock(Path.Combine(folder, $"{_prefix}lock"));
        if (_lock is null)
        {
            // Another process serves the same client on this machine; what it left is its own.
            _prefix += $"{RandomNumberGenerator.GetHexString(8, lowercase: true)}-";
        }

        Earlier = new(Path.Combine(folder, $"baton-types-{Hash(clientId)}"));
        DeleteStale();
    }

    /// <summary>What the platform was sent before.</summary>
    public SyncMemory Earlier { get; }

    /// <summary>The file for a task, which others do not get until it is disposed of.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="selection">What is synced; two syncs of the same selection may go on with each other's progress.</param>
    public SpooledSync Claim(string taskId, string selection)
    {
        lock (_claimed)
        {
            var name = _prefix + Hash(selection);
            if (!_claimed.Add(name))
            {
                name += $"-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
                _claimed.Add(name);
            }

            DeleteOthers(name, taskId);
            return new(Path.Combine(_folder, name + Extension), Path.Combine(_folder, $"{name}.{Hash(taskId)}{Extension}"), () => Release(name));
        }
    }

    public void Dispose()
    {
        if (_lock is { } held)
        {
            held.Dispose();
        }
        else
        {
            // Nobody will look for what bears this process's own name.
            foreach (var file in Files())
            {
                TryDelete(file);
            }
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private void Release(string name)
    {
        lock (_claimed)
        {
            _claimed.Remove(name);
        }
    }

    private void DeleteOthers(string name, string taskId)
    {
        foreach (var file in Files().Where(file => Path.GetFileName(file).StartsWith($"{name}.", StringComparison.Ordinal)))
        {
            var rest = Path.GetFileName(file)[name.Length..];
            if (rest != Extension && rest != $"{Extension}{Sync.ProgressFile.Suffix}" && rest != $".{Hash(taskId)}{Extension}")
            {
                TryDelete(file);
            }
        }
    }

    private void DeleteStale()
    {
        var limit = (_time.GetUtcNow() - UsableFor).UtcDateTime;
        foreach (var file in Files().Where(file => File.GetLastWriteTimeUtc(file) < limit))
        {
            TryDelete(file);
        }
    }

    private List<string> Files()
        => [.. Directory.EnumerateFiles(_folder, _prefix + "*").Where(file => !file.EndsWith("lock", StringComparison.Ordinal))];

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }
}
