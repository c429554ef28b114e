using Baton.Configuration;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>
/// The file that the password of a new account is put into. It is complete and on the disk before the account is asked for: a password
/// may be left over, but there is never an account whose password is lost, not even by a full disk or a killed process.
/// </summary>
internal sealed class PasswordFile
{
    private readonly string _full;

    private PasswordFile(string path, string full)
    {
        Path = path;
        _full = full;
    }

    /// <summary>As the user wrote it.</summary>
    public string Path { get; }

    /// <summary>Refuses what could not be written later, without leaving anything behind.</summary>
    /// <exception cref="ConfigurationException">There is something already, or no folder for it.</exception>
    public static void Check(string path, string workingDirectory)
    {
        var full = System.IO.Path.GetFullPath(path, workingDirectory);
        if (System.IO.Path.Exists(full))
        {
            throw Exists(path);
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(full)))
        {
            throw Unwritable(path, "its folder does not exist");
        }
    }

    /// <summary>Makes the file, which only its owner may read. It holds the bytes of the password and nothing else, no line break either.</summary>
    /// <exception cref="ConfigurationException">It is there already, or cannot be written. Nothing is left behind.</exception>
    public static PasswordFile Write(string path, string workingDirectory, ReadOnlySpan<byte> password)
    {
        var full = System.IO.Path.GetFullPath(path, workingDirectory);
        var isMade = false;
        try
        {
            using var file = new FileStream(full, Options());
            isMade = true;
            file.Write(password);
            file.Flush(flushToDisk: true);
            return new(path, full);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            if (isMade)
            {
                File.Delete(full);
            }
            else if (System.IO.Path.Exists(full))
            {
                throw Exists(path);
            }

            throw Unwritable(path, refusal.Message);
        }
    }

    public void Remove() => File.Delete(_full);

    private static FileStreamOptions Options()
    {
        // Creating anew also fails at a link, wherever that leads. Without a buffer there is no copy of the password.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static ConfigurationException Exists(string path)
        => new($"create-account-password-file: {path} exists already and is not overwritten: it may hold the password of another account");

    private static ConfigurationException Unwritable(string path, string why) => new($"create-account-password-file: {path} cannot be written: {why}");
}
