using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.Cli.Sorting;
using Baton.CommandLine;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class SyncsCommand
{
    private static readonly Column<SyncOutput>[] Columns =
    [
        new("ID", row => row.Id),
        new("Type", row => row.SyncType),
        new("Started", row => Facts.Time(row.StartedAt.ToDateTimeOffset())),
        new("Ended", row => row.EndedAt is { } ended ? Facts.Time(ended.ToDateTimeOffset()) : "unfinished"),
        new("Parent", row => row.ParentSyncId),
        new("Token", row => row.SyncToken) { IsDetail = true },
    ];

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "syncs",
        Summary = "List the syncs in the file, the oldest first",
        Flags = ListFlags.OfColumns,
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var options = GlobalFlags.Read(flags, host.Environment);
        var choice = ListFlags.Read(flags, options.Format);
        var order = new RowOrder<SyncOutput>(choice.Sort, Columns);
        using var file = FileSession.OpenFile(options, host);
        using var list = RowWriter<SyncOutput>.Of(choice.Format, "syncs", Columns, host);
        foreach (var sync in order.Sort(file.Syncs.All().Select(SyncMessages.Output), FileSession.C1zOptions(host), cancellationToken))
        {
            list.Write(sync);
        }

        list.End();
        return 0;
    }
}
