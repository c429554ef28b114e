using Baton.C1z.Reading;
using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.Cli.Sorting;
using Baton.CommandLine;
using Google.Protobuf;

namespace Baton.Cli.Commands;

/// <summary>A command that lists rows of the chosen sync in any format. What differs between listings is its properties.</summary>
internal sealed class ListCommand<T>
    where T : class, IMessage<T>, new()
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>The name of the list in the JSON document.</summary>
    public required string JsonName { get; init; }

    /// <summary>What the summary calls the rows.</summary>
    public string Plural => JsonName == "resources" ? Name : Name.Replace('-', ' ');

    public IReadOnlyList<Flag> Filters { get; init; } = [];

    public IReadOnlyList<CommandDefinition> Commands { get; init; } = [];

    public PositionalArguments Arguments { get; init; } = PositionalArguments.None;

    public required Func<JoinedRows, IReadOnlyList<Column<T>>> Columns { get; init; }

    public required Func<JoinedRows, ListFilter, IEnumerable<T>> Rows { get; init; }

    /// <summary>What <c>--search</c> looks into.</summary>
    public required Func<T, IEnumerable<string>> Texts { get; init; }

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
        var search = invocation.Arguments.Count > 0 ? invocation.Arguments[0] : list.Search;
        if (invocation.Arguments is [""])
        {
            // As from a script's unset variable, which must not list everything.
            throw new UsageException($"{Arguments.Placeholder} is empty");
        }

        var choice = FilterFlags.Read(invocation.Flags);
        using var session = FileSession.Open(options, host);
        var filter = choice.Resolve(session);
        var rows = new JoinedRows(session.Reader);
        var columns = Columns(rows);
        var order = new RowOrder<T>(list.Sort, columns);
        var found = Rows(rows, filter).Where(row => search is null || Texts(row).Any(text => text.Contains(search, StringComparison.OrdinalIgnoreCase)));
        using var paged = host.Page(options);
        using var writer = RowWriter<T>.Of(list.Format, JsonName, columns, paged.Host);
        long matching = 0;
        foreach (var row in order.Sort(found, FileSession.C1zOptions(host), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++matching > list.Offset)
            {
                if (matching - list.Offset > list.Limit)
                {
                    break;
                }

                writer.Write(row);
            }
        }

        if (matching == 0 && choice.WhyNothing(session.Reader) is { } reason)
        {
            throw new CliException(reason, ExitCode.Usage);
        }

        writer.End();
        paged.End();
        Summarise(session, options, host, Math.Clamp(matching - list.Offset, 0, list.Limit), isAll: matching - list.Offset <= list.Limit);
        return 0;
    }

    // For people: a script has its exit code.
    private void Summarise(FileSession session, GlobalOptions options, ProgramHost host, long count, bool isAll)
    {
        if (host.Terminal is not null && !options.Quiet)
        {
            var run = session.Reader.Run;
            var more = isAll ? "" : ", and more";
            host.Error.Write(FormattableString.Invariant($"{count:N0} {Plural}{more} ({run.TypeName} sync {run.Id}, {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC)\n"));
        }
    }
}
