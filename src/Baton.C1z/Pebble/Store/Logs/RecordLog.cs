namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>
/// The records of a log, which is written in blocks of 32 KiB: a record is cut where a block ends, and what is too small for a piece's header
/// is left empty.
/// </summary>
internal static class RecordLog
{
    /// <summary>A log is kept in memory. Its writer kept it too, and begins another one long before this.</summary>
    public const long MaxBytes = 512 << 20;

    private const int BlockLength = 32 << 10;

    // A piece with all that its header can have does not fit into less, and then a writer leaves the rest of the block empty.
    private const int LongestHeader = 19;

    /// <exception cref="InvalidDataException">The log is damaged, or ends within a record and must not.</exception>
    public static IEnumerable<byte[]> Read(Stream log, uint logNumber, LogEnd end)
    {
        if (log.Length > MaxBytes)
        {
            throw StoreFault.TooLarge($"has a log of more than {MaxBytes >> 20} MiB");
        }

        var block = new byte[BlockLength];
        var record = new MemoryStream();
        var isWithin = false;
        for (long start = 0; ; start += BlockLength)
        {
            var length = log.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false);
            var position = 0;
            while (position < length && !IsPadding(block.AsSpan(position, length - position), length))
            {
                if (LogChunk.Parse(block.AsSpan(position, length - position), logNumber) is not { } chunk
                    || (chunk.IsOfNextLog && isWithin)
                    || (!chunk.IsOfNextLog && isWithin == chunk.Place is ChunkPlace.Whole or ChunkPlace.First))
                {
                    RequireEnd(log, block, start + position, logNumber, end);
                    yield break;
                }

                // A log that was used again ends where pieces of the log before it begin.
                if (chunk.IsOfNextLog)
                {
                    yield break;
                }

                record.Write(block.AsSpan(position, length - position)[chunk.Payload]);
                position += chunk.Length;
                isWithin = chunk.Place is ChunkPlace.First or ChunkPlace.Middle;
                if (!isWithin)
                {
                    yield return record.ToArray();
                    record.SetLength(0);
                }
            }

            if (length < BlockLength)
            {
                if (isWithin)
                {
                    RequireEnd(log, block, start + position, logNumber, end);
                }

                yield break;
            }
        }
    }

    private static bool IsPadding(ReadOnlySpan<byte> rest, int blockLength)
        => blockLength == BlockLength && rest.Length < LongestHeader && !rest.ContainsAnyExcept((byte)0);

    /// <summary>
    /// What cannot be read may be where a writer was stopped, which loses nothing that was safe. It is damage if a later piece says that
    /// this one had been on disk.
    /// </summary>
    private static void RequireEnd(Stream log, byte[] block, long offset, uint logNumber, LogEnd end)
    {
        if (end is LogEnd.Clean)
        {
            throw new InvalidDataException($"there is no record at {offset}");
        }

        int length;
        while ((length = log.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false)) > 0)
        {
            var position = 0;
            while (LogChunk.Parse(block.AsSpan(position, length - position), logNumber) is { IsOfNextLog: false } chunk)
            {
                if (chunk.SyncedUpTo > (ulong)offset)
                {
                    throw new InvalidDataException($"there is no record at {offset}, though it was once written");
                }

                position += chunk.Length;
            }
        }
    }
}

/// <summary>How a log may end.</summary>
internal enum LogEnd
{
    /// <summary>With a whole record.</summary>
    Clean,

    /// <summary>Within a record, since its writer may have been stopped.</summary>
    Torn,
}
