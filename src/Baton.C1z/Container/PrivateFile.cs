namespace Baton.C1z.Container;

/// <summary>
/// A file on its way to its place: beside it, named <c>&lt;path&gt;.tmp</c>, locked, and readable to its owner alone. A process that is killed leaves
/// who has which access on the disk, and that is nobody else's affair. Whoever writes to the same place next takes it over.
/// </summary>
public static class PrivateFile
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybodys = OwnersAlone | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Where what goes to a path is until it is complete.</summary>
    public static string PathFor(string path) => path + ".tmp";

    /// <summary>Opens the temporary file of a path, empty, and holds it until it is closed.</summary>
    /// <exception cref="IOException">It cannot be written; <see cref="IsLocked"/> when another process is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileStream Claim(string path)
    {
        var temporary = PathFor(path);
        while (true)
        {
            // The temporary file becomes the file itself, and what a link names is not ours to write.
            if (new FileInfo(temporary).LinkTarget is not null)
            {
                File.Delete(temporary);
            }

            // On Unix, FileShare.None is an advisory lock, which ends with the process however it ends.
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnersAlone;
            }

            var file = new FileStream(temporary, options);
            if (IsStillAt(file, temporary))
            {
                if (!OperatingSystem.IsWindows())
                {
                    // It may be left over from a version that let others read it.
                    File.SetUnixFileMode(file.SafeFileHandle, OwnersAlone);
                }

                file.SetLength(0);
                return file;
            }

            // It was opened before its last owner renamed or deleted it, and locked after: the lock is on a file that is not the
            // temporary one any more, but perhaps the one that was just saved.
            file.Dispose();
        }
    }

    /// <summary>Moves it to its place: with the mode of what is there, or else with that of any new file.</summary>
    /// <param name="temporary">Complete and flushed, and still held.</param>
    public static void Publish(string temporary, string destination)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.Exists(destination) ? File.GetUnixFileMode(destination) : Usual());
        }

        File.Move(temporary, destination, overwrite: true);
    }

    /// <summary>Whether another process, or another handle of this one, holds it.</summary>
    public static bool IsLocked(IOException refusal) => SharedFile.IsLocked(refusal);

    /// <summary>Whether the path still names the open file. Nothing is written to find out: it may be the saved file by now.</summary>
    internal static bool IsStillAt(FileStream file, string path)
    {
        var there = new FileInfo(path);
        return there.Exists
            && there.Length == file.Length
            && there.LastWriteTimeUtc == File.GetLastWriteTimeUtc(file.SafeFileHandle)
            && there.CreationTimeUtc == File.GetCreationTimeUtc(file.SafeFileHandle);
    }

    // What the process was told to take away (umask) is known to the system alone. Where it does not say, nothing is given.
    private static UnixFileMode Usual()
    {
        const string status = "/proc/self/status";
        const string field = "Umask:";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) : null;
        return line is null ? OwnersAlone : Everybodys & ~(UnixFileMode)Convert.ToInt32(line[field.Length..].Trim(), 8);
    }
}
