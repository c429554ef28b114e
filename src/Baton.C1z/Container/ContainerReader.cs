using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Baton.C1z.Container;

/// <summary>Unpacks the v1 container: the magic, then zstd frames that hold one SQLite database.</summary>
internal static class ContainerReader
{
    private const int CopyBufferBytes = 128 * 1024;

    /// <summary>Writes the database inside <paramref name="path"/> to <paramref name="databasePath"/>.</summary>
    /// <exception cref="C1zException">The file is missing, empty, not a v1 file, damaged, or larger than the limits allow.</exception>
    public static void Unpack(string path, string databasePath, DecodeLimits limits) => Translate(path, limits, () =>
    {
        using var file = SharedFile.OpenRead(path);
        RequireV1(path, C1zMagic.Detect(file));
        RequireDeclaredSize(path, file, limits);
        Decode(path, file, databasePath, limits);
    });

    /// <summary>Says in words that name the file why it cannot be unpacked.</summary>
    /// <exception cref="C1zException">What the action met with.</exception>
    public static void Translate(string path, DecodeLimits limits, Action unpack)
    {
        try
        {
            unpack();
        }
        catch (ZstdException damage)
        {
            throw damage.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge
                ? new C1zException(
                    C1zError.TooLarge,
                    $"{path} needs a decoding window of more than {limits.MaxWindowBytes >> 20} MiB; raise BATON_DECODER_MAX_MEMORY_MB if you trust it",
                    damage)
                : new C1zException(C1zError.Corrupt, $"{path} is damaged: {damage.Message.ToLowerInvariant()}", damage);
        }
        catch (EndOfStreamException end)
        {
            throw new C1zException(C1zError.Corrupt, $"{path} is damaged: it ends too early (was it copied completely?)", end);
        }
        catch (FileNotFoundException absent)
        {
            throw new C1zException(C1zError.Missing, $"{path} does not exist", absent);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new C1zException(C1zError.Missing, $"cannot read {path}: {refusal.Message}", refusal);
        }
    }

    public static void RequireV1(string path, C1zFormat format)
    {
        RequireReadable(path, format);
        if (format == C1zFormat.V3)
        {
            throw new C1zException(
                C1zError.UnsupportedVersion,
                $"{path} is a v3 (pebble) .c1z file, which is read here but never written; choose another file, or make a v1 copy: baton export c1z -f {path} --out NEW.c1z");
        }
    }

    public static void RequireReadable(string path, C1zFormat format)
    {
        switch (format)
        {
            case C1zFormat.V1 or C1zFormat.V3:
                return;
            case C1zFormat.Empty:
                throw new C1zException(C1zError.Missing, File.Exists(path)
                    ? $"{path} is empty (0 bytes): was the run that writes it interrupted?"
                    : $"{path} does not exist");
            default:
                throw new C1zException(C1zError.NotC1z, $"{path} is not a .c1z file{Beginning(path)}");
        }
    }

    // What it is instead can often be told from its first bytes.
    private static string Beginning(string path)
    {
        if (Directory.Exists(path))
        {
            return ", but a folder";
        }

        Span<byte> head = stackalloc byte[C1zMagic.Length - 1];
        using var file = SharedFile.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (C1zMagic.V1.StartsWith(head))
        {
            return ": it ends within its first five bytes (was it copied completely?)";
        }

        return head.SequenceEqual("SQLi"u8)
            ? ", but a bare SQLite database"
            : $" (it starts with {Convert.ToHexStringLower(head)}, not with {Convert.ToHexStringLower(C1zMagic.V1[..head.Length])})";
    }

    private static void RequireDeclaredSize(string path, FileStream file, DecodeLimits limits)
    {
        Span<byte> head = stackalloc byte[ZstdFrameHeader.MaxLength];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = C1zMagic.Length;
        if (ZstdFrameHeader.Parse(head[..read]) is { ContentSize: { } declared } && declared > limits.MaxDecodedBytes)
        {
            throw TooLarge(path, limits);
        }
    }

    private static void Decode(string path, FileStream file, string databasePath, DecodeLimits limits)
    {
        if (file.Length == C1zMagic.Length)
        {
            throw new EndOfStreamException();
        }

        using var zstd = new DecompressionStream(file, CopyBufferBytes, checkEndOfStream: true, leaveOpen: true);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, limits.MaxWindowLog);
        using var database = OpenWorkingCopy(databasePath);
        var buffer = new byte[CopyBufferBytes];
        long total = 0;
        int count;
        while ((count = zstd.Read(buffer)) > 0)
        {
            total += count;
            if (total > limits.MaxDecodedBytes)
            {
                throw TooLarge(path, limits);
            }

            Write(database, databasePath, buffer.AsSpan(0, count));
        }
    }

    // A full disk is no fault of the file that is read, so what fails here must not be reported as one.
    private static FileStream OpenWorkingCopy(string databasePath)
    {
        try
        {
            return new FileStream(databasePath, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw NoSpace(databasePath, refusal);
        }
    }

    private static void Write(FileStream database, string databasePath, ReadOnlySpan<byte> bytes)
    {
        try
        {
            database.Write(bytes);
        }
        catch (Exception refusal) when (refusal is IOException or ArgumentOutOfRangeException)
        {
            // The second is how .NET reports a file that grows larger than the file system or a limit allows.
            throw NoSpace(databasePath, refusal);
        }
    }

    private static C1zException NoSpace(string databasePath, Exception refusal)
        => new(
            C1zError.NotWritable,
            $"cannot write the working copy {databasePath}: {refusal.Message} (is the disk full? BATON_TMPDIR chooses another)",
            refusal);

    private static C1zException TooLarge(string path, DecodeLimits limits)
        => new(
            C1zError.TooLarge,
            $"{path} decodes to more than {limits.MaxDecodedBytes >> 20} MiB; raise BATON_DECODER_MAX_DECODED_SIZE_MB if you trust it");
}
