using Baton.C1z.Reading;
using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.CommandLine;
using Google.Protobuf;

namespace Baton.Cli.Commands;

/// <summary>A command that lists rows of the chosen sync, as a table or as JSON. What differs between listings is its properties.</summary>
internal sealed class ListCommand<T>
    where T : IMessage
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>The name of the list in the JSON document.</summary>
    public required string JsonName { get; init; }

    public IReadOnlyList<Flag> Filters { get; init; } = [];

    public required IReadOnlyList<Column<T>> Columns { get; init; }

    public required Func<JoinedRows, ListFilter, IEnumerable<T>> Rows { get; init; }

    public CommandDefinition Define(ProgramHost host) => new()
    {
        Name = Name,
        Summary = Summary,
        Flags = Filters,
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var options = GlobalFlags.Read(flags, host.Environment);
        var choice = FilterFlags.Read(flags);
        using var session = FileSession.Open(options, host);
        using var list = RowWriter<T>.Of(options.Format, JsonName, Columns, host);
        var any = false;
        foreach (var row in Rows(new JoinedRows(session.Reader), choice.Filter))
        {
            cancellationToken.ThrowIfCancellationRequested();
            list.Write(row);
            any = true;
        }

        if (!any && choice.WhyNothing(session.Reader) is { } reason)
        {
            throw new CliException(reason);
        }

        list.End();
        return 0;
    }
}
