namespace Baton.C1z.Container;

/// <summary>The magic numbers in front of a <c>.c1z</c> file. There is no v2.</summary>
internal static class C1zMagic
{
    public const int Length = 5;

    public static ReadOnlySpan<byte> V1 => "C1ZF\0"u8;

    public static ReadOnlySpan<byte> V3 => "C1Z3\0"u8;

    /// <exception cref="C1zException">There is no file at the path, or none that can be read.</exception>
    public static void RequireReadable(string path) => ContainerReader.RequireReadable(path, Detect(path));

    /// <exception cref="C1zException">There is no v1 file at the path: another can be read at most.</exception>
    public static void RequireWritable(string path) => ContainerReader.RequireV1(path, Detect(path));

    /// <exception cref="C1zException">There is something else than a v1 file at the path.</exception>
    public static void RequireWritableOrEmpty(string path)
    {
        if (Detect(path) is not C1zFormat.Empty and var format)
        {
            ContainerReader.RequireV1(path, format);
        }
    }

    public static C1zFormat Detect(string path)
    {
        if (Directory.Exists(path))
        {
            return C1zFormat.Unknown;
        }

        if (!File.Exists(path))
        {
            return C1zFormat.Empty;
        }

        try
        {
            using var file = SharedFile.OpenRead(path);
            return file.CanSeek
                ? Detect(file)
                : throw new C1zException(C1zError.Missing, $"cannot read {path}: it is a pipe, and a .c1z file is read more than once; write it to a file first");
        }
        catch (FileNotFoundException)
        {
            // A link that leads nowhere yet.
            return C1zFormat.Empty;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new C1zException(C1zError.Missing, $"cannot read {path}: {refusal.Message}", refusal);
        }
    }

    public static C1zFormat Detect(Stream file)
    {
        Span<byte> head = stackalloc byte[Length];
        var read = file.ReadAtLeast(head, Length, throwOnEndOfStream: false);
        head = head[..read];
        return read == 0 ? C1zFormat.Empty
            : head.SequenceEqual(V1) ? C1zFormat.V1
            : head.SequenceEqual(V3) ? C1zFormat.V3
            : C1zFormat.Unknown;
    }
}

/// <summary>What the first five bytes of a file say it is.</summary>
internal enum C1zFormat
{
    Empty,
    V1,
    V3,
    Unknown,
}
