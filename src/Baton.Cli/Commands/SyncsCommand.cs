using Baton.Cli.Output;
using Baton.Cli.Reading;
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
        Handler = (invocation, _) => Task.FromResult(Run(invocation.Flags, host)),
    };

    private static int Run(FlagValues flags, ProgramHost host)
    {
        var options = GlobalFlags.Read(flags, host.Environment);
        using var file = FileSession.OpenFile(options, host);
        using var list = RowWriter<SyncOutput>.Of(new ListFormat(options.Format), "syncs", Columns, host);
        foreach (var run in file.Syncs.All())
        {
            list.Write(SyncMessages.Output(run));
        }

        list.End();
        return 0;
    }
}
