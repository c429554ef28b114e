using Baton.C1z.Container;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Baton.C1z.Pebble;

/// <summary>
/// Where the files of a payload go. A store's files lie side by side, so nothing but a plain name is taken, each once, and all of them
/// together may take no more room than the limits allow.
/// </summary>
internal sealed class PayloadFolder(string path, string folder, DecodeLimits limits)
{
    private const int CopyBufferBytes = 128 * 1024;
    private const int MaxNameLength = 255;
    private const int MaxFiles = 100_000;

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly byte[] _buffer = new byte[CopyBufferBytes];
    private long _room = limits.MaxDecodedBytes;

    public DecompressionStream Decompress(Stream source)
    {
        var zstd = new DecompressionStream(source, CopyBufferBytes, checkEndOfStream: true, leaveOpen: true);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, limits.MaxWindowLog);
        return zstd;
    }

    /// <summary>Writes one file.</summary>
    /// <param name="name">As the container has it.</param>
    /// <param name="source">Read for <paramref name="length"/> bytes.</param>
    /// <param name="seen">Is shown every piece that is written.</param>
    /// <exception cref="C1zException">The name cannot be used, the limits are reached, or the disk is full.</exception>
    /// <exception cref="EndOfStreamException">The source has fewer bytes.</exception>
    public void Write(string name, Stream source, long length, Action<ReadOnlySpan<byte>>? seen = null)
    {
        using var file = Create(name, length);
        while (length > 0)
        {
            var piece = _buffer.AsSpan(0, (int)Math.Min(length, _buffer.Length));
            source.ReadExactly(piece);
            seen?.Invoke(piece);
            try
            {
                file.Write(piece);
            }
            catch (Exception refusal) when (refusal is IOException or ArgumentOutOfRangeException)
            {
                throw NoSpace(refusal);
            }

            length -= piece.Length;
        }
    }

    /// <summary>Refuses a size before anything of it is decoded.</summary>
    public void Require(long bytes)
    {
        if (bytes > _room)
        {
            throw new C1zException(
                C1zError.TooLarge,
                $"{path} decodes to more than {limits.MaxDecodedBytes >> 20} MiB; raise BATON_DECODER_MAX_DECODED_SIZE_MB if you trust it");
        }
    }

    private FileStream Create(string name, long length)
    {
        if (name.Length is 0 or > MaxNameLength || name is "." or ".." || name.AsSpan().ContainsAny("/\\:\0"))
        {
            throw PebbleContainer.Damage(path, $"it holds a file named \"{Shortened(name)}\", which is not a file of a store");
        }

        if (!_names.Add(name))
        {
            throw PebbleContainer.Damage(path, $"it holds the file {name} twice");
        }

        if (_names.Count > MaxFiles)
        {
            throw PebbleContainer.Damage(path, $"it holds more than {MaxFiles} files");
        }

        Require(length);
        _room -= length;
        try
        {
            return new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw NoSpace(refusal);
        }
    }

    private static string Shortened(string name) => name.Length > 80 ? $"{name.AsSpan(0, 80)}…" : name;

    // A full disk is no fault of the file that is read.
    private C1zException NoSpace(Exception refusal)
        => new(C1zError.NotWritable, $"cannot unpack {path} in {folder}: {refusal.Message} (is the disk full? BATON_TMPDIR chooses another)", refusal);
}
