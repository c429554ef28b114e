using Podium.Hosting.Keys;

namespace Podium.Hosting.Doctor;

/// <summary>The data folder, its disk, and who may read the keys in it.</summary>
internal static class FolderFindings
{
    private const long Little = 1024L * 1024 * 1024;
    private const long TooLittle = 100L * 1024 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public static IEnumerable<DoctorFinding> Of(ServerOptions options)
    {
        var folder = options.DataDirectory;
        if (!Directory.Exists(folder))
        {
            yield return DoctorFinding.Failed("folder", "exists", $"There is no folder {folder}.", "Name the right one with --data, or start podium serve, which makes it.");
            yield break;
        }

        yield return Writable(folder);
        yield return (File.GetUnixFileMode(folder) & Others) == UnixFileMode.None
            ? DoctorFinding.Ok("folder", "mode", "The folder is its owner's alone.")
            : DoctorFinding.Warning("folder", "mode", $"Others may look into {folder}.", $"chmod 700 {folder}");
        yield return IsLocked(folder) ? DoctorFinding.Ok("folder", "server", "A server runs on the folder.") : DoctorFinding.Ok("folder", "server", "No server runs on the folder.");
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        yield return free >= Little
            ? DoctorFinding.Ok("folder", "space", $"{free / (1024 * 1024)} MiB are free.")
            : new("folder", "space", free < TooLittle ? FindingLevel.Failed : FindingLevel.Warning, $"Only {free / (1024 * 1024)} MiB are free on the disk of {folder}.", "Make room, or move the folder to a larger disk and name it with --data.");
        foreach (var finding in Keys(options))
        {
            yield return finding;
        }
    }

    private static IEnumerable<DoctorFinding> Keys(ServerOptions options)
    {
        var path = options.KeyFile ?? Path.Combine(options.DataDirectory, WrappingKey.FileName);
        var setting = options.KeyFile is null ? "Restore it from a backup." : "Name the right file with --key-file.";
        if (!File.Exists(path))
        {
            yield return DoctorFinding.Failed("keys", "wrapping-key", $"There is no key file {path}.", setting);
            yield break;
        }

        yield return new FileInfo(path).Length == WrappingKey.Length
            ? DoctorFinding.Ok("keys", "wrapping-key", "The key file has its 32 bytes.")
            : DoctorFinding.Failed("keys", "wrapping-key", $"The key file {path} has not {WrappingKey.Length} bytes.", setting);
        foreach (var key in new[] { path, Path.Combine(options.DataDirectory, "ca-key.pem"), options.Certificate?.KeyFile }.OfType<string>().Where(File.Exists))
        {
            var name = $"mode-of-{Path.GetFileName(key)}";
            yield return (File.GetUnixFileMode(key) & Others) == UnixFileMode.None
                ? DoctorFinding.Ok("keys", name, $"{Path.GetFileName(key)} is its owner's alone.")
                : DoctorFinding.Failed("keys", name, $"Others may read {key}.", $"chmod 600 {key}, and take it for known to them: make what hangs on it anew.");
        }
    }

    public static IEnumerable<DoctorFinding> OfCatalog(string? folder)
    {
        if (folder is null)
        {
            yield break;
        }

        if (!Directory.Exists(folder))
        {
            yield return DoctorFinding.Failed("catalogue", "exists", $"There is no folder {folder}.", "Name the right one with --catalog.");
            yield break;
        }

        // What lies in it is run: whoever may write it may do all that podium may.
        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal).Prepend(folder))
        {
            var name = path == folder ? "folder" : Path.GetFileName(path);
            yield return (File.GetUnixFileMode(path) & OthersWrite) == UnixFileMode.None
                ? DoctorFinding.Ok("catalogue", name, "Only its owner may write it.")
                : DoctorFinding.Failed("catalogue", name, $"Others may write {path}, and what is in it is run with podium's rights.", $"chmod go-w {path}, and look whether it was changed.");
        }
    }

    private static DoctorFinding Writable(string folder)
    {
        var path = Path.Combine(folder, $"doctor-{Environment.ProcessId}.tmp");
        try
        {
            using (new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose }))
            {
            }

            return DoctorFinding.Ok("folder", "writable", $"{folder} can be written to.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return DoctorFinding.Failed("folder", "writable", $"{folder} cannot be written to: {failure.Message}", "Give it to the account that runs podium, or choose another one with --data.");
        }
    }

    private static bool IsLocked(string folder)
    {
        var path = Path.Combine(folder, DataFolder.LockName);
        try
        {
            using var held = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
