namespace Baton.C1z.Container;

/// <summary>Opens files that others may be putting in place.</summary>
internal static class SharedFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Opens a file to read it. .NET takes a lock to read, also where it is told to share everything, and the process that has just
    /// renamed a saved file into place holds one for the moment until it closes it.
    /// </summary>
    public static FileStream OpenRead(string path)
    {
        FileStream? file = null;
        SpinWait.SpinUntil(() => (file = TryOpenRead(path)) is not null, Patience);
        return file ?? OpenReadOnce(path);
    }

    /// <summary>Whether another process, or another handle of this one, holds the lock.</summary>
    public static bool IsLocked(IOException refusal)
        => refusal.HResult is 11 or 35 or unchecked((int)0x80070020); // EWOULDBLOCK on Linux, on macOS; a sharing violation on Windows.

    private static FileStream? TryOpenRead(string path)
    {
        try
        {
            return OpenReadOnce(path);
        }
        catch (IOException busy) when (IsLocked(busy))
        {
            return null;
        }
    }

    private static FileStream OpenReadOnce(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
