using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Pebble.Store.Tables;

/// <summary>The records of one table that lie in a range, in order; of each key every version, the newest first.</summary>
internal sealed class TableCursor : IDisposable
{
    private readonly ManifestTable _table;
    private readonly TableReader _reader;
    private readonly KeyRange _range;
    private readonly DataBlock _records;
    private readonly BlockBuffer _buffer = new();

    private IndexBlock _index;
    private int _next;
    private int _nextOfTop;
    private bool _beforeRange = true;
    private bool _mayEnd = true;
    private bool _isLoaded;

    private TableCursor(ManifestTable table, TableReader reader, KeyRange range)
    {
        _table = table;
        _reader = reader;
        _range = range;
        _records = reader.NewDataBlock();
        _index = reader.Index;
        if (reader.HasTwoLevels)
        {
            _nextOfTop = _index.FirstFrom(range.From.Span);
            _index = new IndexBlock();
        }
        else
        {
            _next = _index.FirstFrom(range.From.Span);
        }
    }

    public ReadOnlySpan<byte> Key => _records.Key;

    public ReadOnlyMemory<byte> KeyMemory => _records.KeyMemory;

    public ReadOnlyMemory<byte> Value => _records.Value;

    public bool IsElsewhere => _records.IsElsewhere;

    public ulong Trailer => _table.Sequence is { } sequence ? InternalKey.Trailer(sequence, InternalKey.Kind(_records.Trailer)) : _records.Trailer;

    /// <param name="range">What is asked for; what lies outside of the table, if it is a part of its file, is left out in any case.</param>
    public static TableCursor Open(string folder, ManifestTable table, KeyRange range)
    {
        TableReader? reader = null;
        try
        {
            reader = TableReader.Open(Path.Combine(folder, table.FileName));
            return new TableCursor(table, reader, table.IsPart ? range.Within(table.Keys) : range);
        }
        catch (InvalidDataException damage)
        {
            reader?.Dispose();
            throw StoreFault.Damaged(table.FileName, damage);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            reader?.Dispose();
            throw StoreFault.Unreadable(table.FileName, refusal);
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>The ranges that the table says are deleted, cut to what the table is.</summary>
    public IEnumerable<RangeDeletion> RangeDeletions()
    {
        List<RangeDeletion> deletions;
        try
        {
            deletions = _reader.ReadRangeDeletions();
        }
        catch (InvalidDataException damage)
        {
            throw StoreFault.Damaged(_table.FileName, damage);
        }

        foreach (var deletion in deletions)
        {
            var range = _table.IsPart ? deletion.Range.Within(_table.Keys) : deletion.Range;
            if (!range.IsEmpty)
            {
                yield return new RangeDeletion(range, _table.Sequence ?? deletion.Sequence);
            }
        }
    }

    public bool MoveNext()
    {
        try
        {
            return Advance();
        }
        catch (InvalidDataException damage)
        {
            throw StoreFault.Damaged(_table.FileName, damage);
        }
        catch (IOException refusal)
        {
            throw StoreFault.Unreadable(_table.FileName, refusal);
        }
    }

    private bool Advance()
    {
        while (true)
        {
            while (_isLoaded && _records.MoveNext())
            {
                if (_beforeRange && _records.Key.SequenceCompareTo(_range.From.Span) < 0)
                {
                    continue;
                }

                _beforeRange = false;
                return !_mayEnd || _records.Key.SequenceCompareTo(_range.Before.Span) < 0;
            }

            if (!LoadNextBlock())
            {
                return false;
            }
        }
    }

    private bool LoadNextBlock()
    {
        while (_next >= _index.Count)
        {
            if (!_reader.HasTwoLevels || _nextOfTop >= _reader.Index.Count || IsBehindRange(_reader.Index, _nextOfTop))
            {
                return false;
            }

            _index = _reader.ReadIndex(_reader.Index.Handle(_nextOfTop++));
            _next = _beforeRange ? _index.FirstFrom(_range.From.Span) : 0;
        }

        if (IsBehindRange(_index, _next))
        {
            return false;
        }

        _isLoaded = false;
        _reader.Read(_index.Handle(_next), _buffer);
        _records.Load(_buffer);
        _isLoaded = true;

        // No key of the block is behind its separator.
        _mayEnd = _index.Separator(_next).SequenceCompareTo(_range.Before.Span) >= 0;
        _next++;
        return true;
    }

    // Keys of a block are behind the separator of the block before, or that key itself at an earlier number.
    private bool IsBehindRange(IndexBlock index, int entry)
        => entry > 0 && index.Separator(entry - 1).SequenceCompareTo(_range.Before.Span) >= 0;
}
