using System.Text;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>
/// Prints a table while its rows are read. The first rows decide how wide the columns are; a later cell that is wider pushes the rest
/// of its line to the right, or is cut short on a terminal. Nothing is cut when the output goes elsewhere.
/// </summary>
internal sealed class TableWriter<T>(TextWriter output, IReadOnlyList<Column<T>> columns, Terminal? terminal, bool hasHeader = true)
{
    private const int MeasuredRows = 500;
    private const int NarrowestColumn = 12;
    private const string Gap = "  ";
    private const string Bold = "\u001b[1m";
    private const string Plain = "\u001b[0m";

    private readonly List<string[]> _measured = new(MeasuredRows);
    private readonly StringBuilder _line = new();
    private int[]? _widths;

    public void Write(T row)
    {
        var cells = new string[columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = DisplayText.Neutralise(columns[i].Text(row));
        }

        if (_widths is not null)
        {
            Print(cells, _widths);
            return;
        }

        _measured.Add(cells);
        if (_measured.Count == MeasuredRows)
        {
            PrintMeasured();
        }
    }

    /// <summary>Prints what is still held back. A table without rows is its header.</summary>
    public void End()
    {
        if (_widths is null)
        {
            PrintMeasured();
        }
    }

    private void PrintMeasured()
    {
        var titles = columns.Select(column => column.Title).ToArray();
        _widths = [.. titles.Select((title, i) => _measured.Select(cells => DisplayText.Width(cells[i])).Append(DisplayText.Width(title)).Max())];
        Fit(_widths);
        if (hasHeader)
        {
            Print(titles, _widths, heading: terminal is { Colours: true });
        }

        foreach (var cells in _measured)
        {
            Print(cells, _widths);
        }

        _measured.Clear();
    }

    // The widest columns give way first, down to a width at which a name can still be recognised.
    private void Fit(int[] widths)
    {
        if (terminal?.Width is not { } available)
        {
            return;
        }

        var excess = widths.Sum() + (Gap.Length * (widths.Length - 1)) - available;
        for (; excess > 0 && Widest(widths) is var widest and >= 0 && widths[widest] > NarrowestColumn; excess--)
        {
            widths[widest]--;
        }
    }

    private int Widest(int[] widths)
    {
        var widest = -1;
        for (var i = 0; i < widths.Length; i++)
        {
            if (!columns[i].IsWhole && (widest < 0 || widths[i] > widths[widest]))
            {
                widest = i;
            }
        }

        return widest;
    }

    private void Print(string[] cells, int[] widths, bool heading = false)
    {
        _line.Clear();
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = terminal is { Width: not null } && !columns[i].IsWhole ? DisplayText.Truncate(cells[i], widths[i]) : cells[i];
            var padding = Math.Max(0, widths[i] - DisplayText.Width(cell));
            var tone = terminal is { Colours: true } && !heading ? columns[i].Tones(cells[i]) : CellTone.Plain;
            _line.Append(' ', columns[i].IsNumber ? padding : 0).Append(tone.Sequence()).Append(cell).Append(tone == CellTone.Plain ? "" : ToneSequences.Reset);
            _line.Append(' ', columns[i].IsNumber ? 0 : padding).Append(Gap);
        }

        var end = _line.Length;
        while (end > 0 && _line[end - 1] == ' ')
        {
            end--;
        }

        _line.Length = end;
        if (heading)
        {
            _line.Insert(0, Bold).Append(Plain);
        }

        output.Write(_line.Append('\n'));
    }
}
