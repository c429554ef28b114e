using Baton.C1z.Reading;
using Baton.Cli.Files;
using Baton.CommandLine;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Google.Protobuf;

namespace Baton.Cli.Commands;

/// <summary>A command that lists rows of the chosen sync in any format. What differs between listings is its properties.</summary>
internal sealed class ListCommand<T>
    where T : class, IMessage<T>, new()
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>What the summary calls the rows.</summary>
    public string Plural => Name.Replace('-', ' ');

    public IReadOnlyList<Flag> Filters { get; init; } = [];

    public IReadOnlyList<CommandDefinition> Commands { get; init; } = [];

    public PositionalArguments Arguments { get; init; } = PositionalArguments.None;

    public required Func<JoinedRows, RowKind<T>> Kind { get; init; }

    public required Func<JoinedRows, ListFilter, IEnumerable<T>> Rows { get; init; }

    public CommandDefinition Define(ProgramHost host) => new()
    {
        Name = Name,
        Summary = Summary,
        Flags = [.. Filters, .. ListFlags.All.Where(flag => Arguments.Maximum == 0 || flag != ListFlags.Search)],
        Commands = Commands,
        Arguments = Arguments,
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation, host, cancellationToken)),
    };

    private int Run(Invocation invocation, ProgramHost host, CancellationToken cancellationToken)
    {
        var options = GlobalFlags.Read(invocation.Flags, host.Environment);
        var list = ListFlags.Read(invocation.Flags, options.Format);
        if (invocation.Arguments is [""])
        {
            // As from a script's unset variable, which must not list everything.
            throw new UsageException($"{Arguments.Placeholder} is empty");
        }

        list = invocation.Arguments.Count > 0 ? list with { Search = invocation.Arguments[0] } : list;
        var choice = FilterFlags.Read(invocation.Flags);
        using var session = FileSession.Open(options, host);
        var filter = choice.Resolve(session);
        var rows = new JoinedRows(session.Reader);
        var listing = new Listing<T>(Kind(rows), list);
        using var paged = host.Page(options);
        listing.Print(OrWhyNot(Rows(rows, filter), choice, session), paged.Host, cancellationToken);
        paged.End();
        var run = session.Reader.Run;
        listing.Summarise(
            Plural, FormattableString.Invariant($" ({run.TypeName} sync {run.Id}, {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC)"), options, host);
        return 0;
    }

    // A filter that names what the file does not hold must not look like one that merely matches nothing.
    private static IEnumerable<T> OrWhyNot(IEnumerable<T> rows, FilterChoice choice, FileSession session)
    {
        var any = false;
        foreach (var row in rows)
        {
            any = true;
            yield return row;
        }

        if (!any && choice.WhyNothing(session.Reader) is { } reason)
        {
            throw new CliException(reason, BatonExitCode.Usage);
        }
    }
}
