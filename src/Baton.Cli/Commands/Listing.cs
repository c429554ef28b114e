using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.Evidence.Sheets;
using Baton.Evidence.Sorting;

namespace Baton.Cli.Commands;

/// <summary>Rows as the flags of lists ask for them: those with the text that is searched for, in their order, a part of them, in a format.</summary>
internal sealed class Listing<T>
{
    private readonly RowKind<T> _kind;
    private readonly ListChoice _choice;
    private readonly RowSelection<T> _selection;
    private readonly RowOrder<T> _order;

    /// <exception cref="CliException">There is no column of a name.</exception>
    public Listing(RowKind<T> kind, ListChoice choice)
    {
        (_kind, _choice) = (kind, choice);

        // Said before anything is read, which may take long.
        _selection = choice.Format.Select(kind);
        _order = new RowOrder<T>(_selection.Form, [.. choice.Sort.Select(field => ListFormat.SortField(kind, field))]);
    }

    /// <summary>How many rows were in the part.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there was a row after those of the part.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Those of all rows that are searched for, in their order.</summary>
    public IEnumerable<T> Arrange(IEnumerable<T> rows, ProgramHost host, CancellationToken cancellationToken)
    {
        var found = _choice.Search is not { } text ? rows
            : rows.Where(row => _kind.Texts(row).Any(candidate => candidate.Contains(text, StringComparison.OrdinalIgnoreCase)));
        return _order.Sort(found, FileSession.C1zOptions(host), cancellationToken);
    }

    /// <summary>The part that is asked for, of all rows.</summary>
    public IEnumerable<T> Part(IEnumerable<T> rows, ProgramHost host, CancellationToken cancellationToken)
    {
        (Count, HasMore) = (0, false);
        long passed = 0;
        foreach (var row in Arrange(rows, host, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++passed <= _choice.Offset)
            {
                continue;
            }

            if (Count == _choice.Limit)
            {
                HasMore = true;
                yield break;
            }

            Count++;
            yield return row;
        }
    }

    public void Print(IEnumerable<T> rows, ProgramHost host, CancellationToken cancellationToken) => Write(Part(rows, host, cancellationToken), host);

    /// <summary>Prints rows that are the part already.</summary>
    public void Write(IEnumerable<T> part, ProgramHost host)
    {
        using var writer = _choice.Format.Format.Sheet() is { } sheet ? (_selection with { IsShown = host.IsShown }).Writer(sheet, host.Data) : new TableRows<T>(_selection, host);
        foreach (var row in part)
        {
            writer.Write(row);
        }

        writer.End();
    }

    /// <summary>Says on a terminal how many rows there were; a script has its exit code.</summary>
    /// <param name="plural">What they are called.</param>
    /// <param name="source">What they are of; empty when that goes without saying.</param>
    public void Summarise(string plural, string source, GlobalOptions options, ProgramHost host)
    {
        if (host.Terminal is not null && !options.Quiet)
        {
            host.WriteSummary(FormattableString.Invariant($"{Count:N0} {plural}{(HasMore ? ", and more" : "")}{source}"));
        }
    }
}
