using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting.Service;

namespace Baton.Sdk.Hosting.Doctor;

/// <summary>Whether there is room for what a sync writes, and the right to write it.</summary>
internal static class DiskFindings
{
    // A sync of 300,000 accounts needs some hundred megabytes while it runs.
    private const long Little = 512L * 1024 * 1024;
    private const long TooLittle = 16L * 1024 * 1024;

    public static IEnumerable<CheckResult> Of(ResolvedConfiguration configuration, ProcessEnvironment environment)
    {
        yield return Temporary(configuration, environment);
        if (!ServiceMode.IsAskedFor(configuration) && configuration.GetString("file") is { Length: > 0 } file)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file, environment.WorkingDirectory)) ?? environment.WorkingDirectory;
            yield return Folder("output", folder, "--file");
        }
    }

    private static CheckResult Temporary(ResolvedConfiguration configuration, ProcessEnvironment environment)
    {
        try
        {
            return Folder("temporary files", SyncSettings.FileOptions(configuration, environment).TemporaryFolder ?? Path.GetTempPath(), "BATON_TMPDIR");
        }
        catch (ConfigurationException missing)
        {
            return CheckResult.Failed("temporary files", missing.Message, "make the folder, or name another one with BATON_TMPDIR");
        }
    }

    private static CheckResult Folder(string check, string path, string setting)
    {
        var folder = Path.TrimEndingDirectorySeparator(path);
        try
        {
            // There is no asking whether one may; the file is gone as soon as it is closed.
            using (new FileStream(
                Path.Combine(folder, $".baton-doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose))
            {
            }

            var free = new DriveInfo(folder).AvailableFreeSpace;
            var text = $"{folder} can be written to, {free / (1024 * 1024):N0} MiB free";
            return free < TooLittle ? CheckResult.Failed(check, text, $"make room there, or name another folder with {setting}")
                : free < Little ? CheckResult.Warning(check, text, $"make room there, or name another folder with {setting}")
                : CheckResult.Ok(check, text);
        }
        catch (DirectoryNotFoundException)
        {
            return CheckResult.Failed(check, $"the folder {folder} does not exist", $"make it, or name another one with {setting}");
        }
        catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException)
        {
            return CheckResult.Failed(check, $"{folder} cannot be written to: {refusal.Message}", $"give the process's account the right to, or name another folder with {setting}");
        }
    }
}
