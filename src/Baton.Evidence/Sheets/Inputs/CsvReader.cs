using System.Text;

namespace Baton.Evidence.Sheets.Inputs;

/// <summary>
/// Reads comma-separated values as spreadsheets write them: RFC 4180, with a comma, semicolon or tab between the cells, and Excel's own
/// <c>sep=;</c> line. Nothing is kept in memory but one record.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private const int LongestRecord = 4 << 20;
    private const int End = -1;

    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly string _path;
    private readonly TextReader _text;
    private char _separator = ',';
    private bool _begun;

    private CsvReader(string path, TextReader text)
    {
        _path = path;
        _text = text;
    }

    /// <summary>The number of the record that was read last, as a spreadsheet counts rows: the header is 1.</summary>
    public int Row { get; private set; }

    /// <exception cref="EvidenceException">The file cannot be opened.</exception>
    public static CsvReader Open(string path)
    {
        var file = SheetFile.Open(path);

        // A byte order mark of UTF-16 is heeded, which is what Excel calls "Unicode text".
        return new(path, new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true));
    }

    /// <summary>The next record; null at the end. Empty lines are passed over.</summary>
    /// <exception cref="EvidenceException">The text is not UTF-8, or a quotation mark is never closed.</exception>
    public IReadOnlyList<string>? Read()
    {
        try
        {
            if (!_begun)
            {
                _begun = true;
                return Begin();
            }

            return Next();
        }
        catch (DecoderFallbackException)
        {
            throw new EvidenceException($"{_path}, row {Row + 1}: the text is not UTF-8; save the sheet as \"CSV UTF-8\" or as .xlsx", EvidenceError.BadInput);
        }
    }

    public void Dispose() => _text.Dispose();

    private List<string>? Begin()
    {
        var line = new StringBuilder();
        var isQuoted = false;
        int character;
        while ((character = _text.Read()) != End && (isQuoted || character is not ('\n' or '\r')))
        {
            isQuoted ^= character == '"';
            Append(line, (char)character);
        }

        SkipLineFeed(character);
        var header = line.ToString();
        if (header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && header.Length == 5)
        {
            _separator = header[4];
            Row++;
            return Next();
        }

        _separator = Separators.MaxBy(separator => header.Count(character => character == separator));
        Row++;
        using var again = new CsvReader(_path, new StringReader(header)) { _separator = _separator, _begun = true };
        return again.Next();
    }

    private List<string>? Next()
    {
        while (true)
        {
            var cells = new List<string>();
            var cell = new StringBuilder();
            var character = _text.Read();
            if (character == End)
            {
                return null;
            }

            Row++;
            for (; ; character = _text.Read())
            {
                if (character == '"' && cell.Length == 0)
                {
                    ReadQuoted(cell);
                }
                else if (character == _separator)
                {
                    cells.Add(cell.ToString());
                    cell.Clear();
                }
                else if (character is End or '\n' or '\r')
                {
                    SkipLineFeed(character);
                    cells.Add(cell.ToString());
                    break;
                }
                else
                {
                    Append(cell, (char)character);
                }
            }

            if (cells.Exists(text => text.Length > 0))
            {
                return cells;
            }
        }
    }

    // A doubled quotation mark is one; after the closing one, the separator or the end of the line follows.
    private void ReadQuoted(StringBuilder cell)
    {
        while (true)
        {
            var character = _text.Read();
            if (character == End)
            {
                throw new EvidenceException($"{_path}, row {Row}: a quotation mark is opened and never closed", EvidenceError.BadInput);
            }

            if (character != '"')
            {
                Append(cell, (char)character);
            }
            else if (_text.Peek() == '"')
            {
                _ = _text.Read();
                Append(cell, '"');
            }
            else
            {
                return;
            }
        }
    }

    private void Append(StringBuilder text, char character)
    {
        if (text.Length >= LongestRecord)
        {
            throw new EvidenceException($"{_path}, row {Row + 1}: a cell is longer than {LongestRecord} characters; is this a review sheet?", EvidenceError.BadInput);
        }

        text.Append(character);
    }

    private void SkipLineFeed(int character)
    {
        if (character == '\r' && _text.Peek() == '\n')
        {
            _ = _text.Read();
        }
    }
}
