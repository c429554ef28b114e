using ZstdSharp;

namespace Baton.C1z.Container;

/// <summary>
/// The place a <c>.c1z</c> is saved to. From opening to disposal it holds <c>&lt;path&gt;.tmp</c> exclusively, so that a folder that
/// cannot be written to is found before the sync and two processes cannot write one file. The file itself changes in one step only:
/// a rename of the complete, flushed temporary file.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int CompressionLevel = 3;
    private const int CopyBufferBytes = 128 * 1024;

    private readonly string _temporaryPath;
    private FileStream? _temporary;

    private OutputFile(string path, string temporaryPath, FileStream temporary)
    {
        Path = path;
        _temporaryPath = temporaryPath;
        _temporary = temporary;
    }

    /// <summary>The final path, links resolved.</summary>
    public string Path { get; }

    /// <exception cref="C1zException">The folder is missing or not writable, or another process is writing this file.</exception>
    public static OutputFile Claim(string path)
    {
        try
        {
            var target = ResolveLink(path);
            var folder = System.IO.Path.GetDirectoryName(target);
            if (!string.IsNullOrEmpty(folder) && !Directory.Exists(folder))
            {
                throw new C1zException(C1zError.NotWritable, $"cannot write {path}: the folder {folder} does not exist");
            }

            if (Directory.Exists(target))
            {
                throw new C1zException(C1zError.NotWritable, $"cannot write {path}: it is a folder");
            }

            // A rename would put a file in the place of /dev/null, for everybody.
            if (target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal))
            {
                throw new C1zException(C1zError.NotWritable, $"cannot write {path}: it is a device, not a file");
            }

            return new OutputFile(target, PrivateFile.PathFor(target), PrivateFile.Claim(target));
        }
        catch (IOException busy) when (SharedFile.IsLocked(busy))
        {
            throw new C1zException(C1zError.NotWritable, $"cannot write {path}: another process is writing it", busy);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new C1zException(C1zError.NotWritable, $"cannot write {path}: {refusal.Message}", refusal);
        }
    }

    /// <summary>Packs the database and moves it to <see cref="Path"/>, or to <paramref name="suffix"/> beside it.</summary>
    /// <returns>The compressed size in bytes.</returns>
    /// <exception cref="C1zException">The write failed; what was at the destination before is still there.</exception>
    public long Save(string databasePath, string suffix = "")
    {
        ObjectDisposedException.ThrowIf(_temporary is null, this);
        var destination = Path + suffix;
        try
        {
            _temporary.SetLength(0);
            Pack(databasePath, _temporary);
            _temporary.Flush(flushToDisk: true);
            var size = _temporary.Length;
            PrivateFile.Publish(_temporaryPath, destination);
            _temporary.Dispose();
            _temporary = null;
            return size;
        }
        catch (Exception refusal) when (IsRefusal(refusal))
        {
            throw new C1zException(C1zError.NotWritable, $"cannot write {destination}: {refusal.Message}", refusal);
        }
    }

    public void Dispose()
    {
        if (_temporary is null)
        {
            return;
        }

        try
        {
            // Deleted before the lock goes, so that it is never another process's file that is deleted.
            File.Delete(_temporaryPath);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // Whoever claims the file next takes what is left. That it is left must not hide why this one is given up.
        }

        _temporary.Dispose();
        _temporary = null;
    }

    private static void Pack(string databasePath, FileStream output)
    {
        output.Write(C1zMagic.V1);
        using var database = new FileStream(databasePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var zstd = new CompressionStream(output, CompressionLevel, CopyBufferBytes, leaveOpen: true);
        try
        {
            zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            zstd.SetPledgedSrcSize((ulong)database.Length);
            database.CopyTo(zstd, CopyBufferBytes);
        }
        catch
        {
            Abandon(zstd);
            throw;
        }

        zstd.Dispose();
    }

    // Disposing ends the frame, which fails where it was promised more; that would hide why it got no more.
    private static void Abandon(CompressionStream zstd)
    {
        try
        {
            zstd.Dispose();
        }
        catch (Exception expected) when (expected is ZstdException || IsRefusal(expected))
        {
        }
    }

    private static string ResolveLink(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }

    // .NET reports a file that is larger than the file system or a limit allows (EFBIG) as an argument out of range.
    private static bool IsRefusal(Exception exception)
        => exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
