using System.Text;

namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>
/// A sheet that is being written: cells from left to right, rows from top to bottom. Text is always text: nothing that comes from a
/// file is ever taken for a formula. A sheet that is full goes on in another one, under the same header.
/// </summary>
public sealed class XlsxSheet : IDisposable
{
    /// <summary>Excel has 1,048,576 rows; a round number is easier to add up.</summary>
    public const int MostRows = 1_000_000;

    private const int LongestText = 32_767;

    private readonly XlsxWorkbook _workbook;
    private readonly XlsxLayout _layout;
    private readonly int _mostRows;
    private readonly List<byte[]> _columnNames = [];
    private XlsxSheetPart _part;
    private XlsxXml _xml;
    private int _row;
    private int _column;
    private bool _ended;

    internal XlsxSheet(XlsxWorkbook workbook, XlsxLayout layout, int mostRows = MostRows)
    {
        _workbook = workbook;
        _layout = layout;
        _mostRows = mostRows;
        (_part, _xml) = Begin();
    }

    public void BeginRow()
    {
        if (_row == _mostRows)
        {
            EndPart();
            (_part, _xml) = Begin();
        }

        OpenRow();
    }

    public void EndRow() => _xml.Raw("</row>"u8);

    /// <summary>A cell that stays empty.</summary>
    public void Skip() => _column++;

    public void Text(string? text, XlsxStyle style = XlsxStyle.Text)
    {
        if (string.IsNullOrEmpty(text))
        {
            // An empty cell with a style is still one that text is typed into.
            OpenCell(style);
            _xml.Raw("/>"u8);
            return;
        }

        OpenCell(style);
        _xml.Raw(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        _xml.Text(text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…"));
        _xml.Raw("</t></is></c>"u8);
    }

    public void Number(long number, XlsxStyle style = XlsxStyle.General)
    {
        OpenCell(style);
        _xml.Raw("><v>"u8);
        _xml.Number(number);
        _xml.Raw("</v></c>"u8);
    }

    public void Number(double number, XlsxStyle style = XlsxStyle.General)
    {
        OpenCell(style);
        _xml.Raw("><v>"u8);
        _xml.Number(number);
        _xml.Raw("</v></c>"u8);
    }

    /// <summary>The day of a time, in UTC; null is an empty cell.</summary>
    public void Date(DateTimeOffset? time)
    {
        if (time is { } known)
        {
            Number((long)Math.Floor(XlsxText.Serial(known)), XlsxStyle.Date);
        }
        else
        {
            Skip();
        }
    }

    /// <summary>A time to the minute, in UTC; null is an empty cell.</summary>
    public void DateTime(DateTimeOffset? time)
    {
        if (time is { } known)
        {
            Number(XlsxText.Serial(known), XlsxStyle.DateTime);
        }
        else
        {
            Skip();
        }
    }

    /// <summary>A formula of ours, without the equals sign. Never one with anything from a file in it.</summary>
    public void Formula(string expression, XlsxStyle style = XlsxStyle.General)
    {
        OpenCell(style);
        _xml.Raw("><f>"u8);
        _xml.Text(expression);
        _xml.Raw("</f></c>"u8);
    }

    /// <summary>Days and numbers as what they are, so that they can be added up and sorted.</summary>
    public void Cell(Cell cell)
    {
        if (cell.Number is { } number)
        {
            Number(number);
        }
        else if (cell.Day is { } day)
        {
            Date(day);
        }
        else if (cell.IsEmpty)
        {
            Skip();
        }
        else
        {
            Text(cell.Text);
        }
    }

    public void Row<T>(IReadOnlyList<Column<T>> columns, T row)
    {
        BeginRow();
        foreach (var column in columns)
        {
            Cell(column.Cell(row));
        }

        EndRow();
    }

    /// <summary>A row of texts.</summary>
    public void Row(params ReadOnlySpan<string?> texts)
    {
        BeginRow();
        foreach (var text in texts)
        {
            Text(text);
        }

        EndRow();
    }

    public void Dispose()
    {
        if (!_ended)
        {
            // Given up in the middle: the archive is closed, and nobody will read it.
            _xml.Dispose();
            _ended = true;
        }
    }

    internal void End()
    {
        if (!_ended)
        {
            EndPart();
            _ended = true;
        }
    }

    private (XlsxSheetPart Part, XlsxXml Xml) Begin()
    {
        _part = _workbook.AddPart(_layout);
        _xml = new XlsxXml(_workbook.OpenPart(XlsxParts.SheetPath(_part.Number)));
        _row = 0;
        XlsxSheetFrame.Begin(_xml, _layout);
        if (_layout.Columns.Count > 0)
        {
            // Not every program makes room for a title that is wrapped.
            OpenRow(_layout.Columns.Any(column => column.Title.Length + 1 > column.Width) ? " ht=\"30\" customHeight=\"1\"" : "");
            foreach (var column in _layout.Columns)
            {
                Text(column.Title, XlsxStyle.Header);
            }

            EndRow();
        }

        return (_part, _xml);
    }

    private void EndPart()
    {
        _part.Rows = _row;
        XlsxSheetFrame.End(_xml, _layout, _row);
        _xml.Flush();
        _xml.Dispose();
    }

    private void OpenRow(string attributes = "")
    {
        _row++;
        _column = 0;
        _xml.Raw("<row r=\""u8);
        _xml.Number(_row);
        _xml.Raw("\""u8);
        _xml.Raw(attributes);
        _xml.Raw(">"u8);
    }

    private void OpenCell(XlsxStyle style)
    {
        if (_column == _columnNames.Count)
        {
            _columnNames.Add(Encoding.UTF8.GetBytes(XlsxText.ColumnName(_column)));
        }

        _xml.Raw("<c r=\""u8);
        _xml.Raw(_columnNames[_column++]);
        _xml.Number(_row);
        _xml.Raw("\" s=\""u8);
        _xml.Number((int)style);
        _xml.Raw("\""u8);
    }
}
