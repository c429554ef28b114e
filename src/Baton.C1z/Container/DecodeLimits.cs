using System.Globalization;
using System.Numerics;

namespace Baton.C1z.Container;

/// <summary>
/// How much a file may make us allocate before we refuse it. The defaults and the variables that change them are those of the
/// upstream readers.
/// </summary>
public sealed record DecodeLimits
{
    private const long Mebibyte = 1 << 20;
    private const int ValuesPerWindow = 8;

    public static DecodeLimits Default { get; } = new();

    /// <summary>Decoded bytes, at most. <c>BATON_DECODER_MAX_DECODED_SIZE_MB</c>; default 10 GiB.</summary>
    public long MaxDecodedBytes { get; init; } = 10 * 1024 * Mebibyte;

    /// <summary>The zstd window, in bytes, at most. <c>BATON_DECODER_MAX_MEMORY_MB</c>; default 128 MiB.</summary>
    public long MaxWindowBytes { get; init; } = 128 * Mebibyte;

    /// <summary>
    /// One value of one row, in bytes, at most, where a file is opened as it is. Objects of some kilobytes are large; one made to do damage
    /// takes some thirty times its size when it is decoded.
    /// </summary>
    internal int MaxValueBytes => (int)Math.Clamp(MaxWindowBytes / ValuesPerWindow, Mebibyte, int.MaxValue);

    // zstd takes the limit as a power of two, from 2^10 to 2^30 or 2^31 by the size of a pointer.
    internal int MaxWindowLog => Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, MaxWindowBytes)), 10, nint.Size == 4 ? 30 : 31);

    /// <summary>Reads the limits from the environment. Values that are no positive number are ignored, as upstream does.</summary>
    public static DecodeLimits FromEnvironment(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new()
        {
            MaxDecodedBytes = Megabytes(environment("BATON_DECODER_MAX_DECODED_SIZE_MB")) ?? Default.MaxDecodedBytes,
            MaxWindowBytes = Megabytes(environment("BATON_DECODER_MAX_MEMORY_MB")) ?? Default.MaxWindowBytes,
        };
    }

    private static long? Megabytes(string? text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < long.MaxValue / Mebibyte
            ? number * Mebibyte
            : null;
}
