using Baton.C1z;
using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class SyncsCommand
{
    private static readonly Column<SyncOutput>[] Columns =
    [
        new("ID", row => row.Id) { IsWhole = true },
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
        Flags = ListFlags.All,
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        GlobalFlags.RefuseSync(flags, GlobalFlags.SyncId, GlobalFlags.AllowUnfinished);
        var options = GlobalFlags.Read(flags, host.Environment);
        var kind = new RowKind<SyncOutput>("syncs", Columns, () => new MessageForm<SyncOutput>()) { Texts = row => [row.Id, row.SyncType, row.ParentSyncId] };
        var listing = new Listing<SyncOutput>(kind, ListFlags.Read(flags, options.Format));
        using var file = FileSession.OpenFile(options, host);
        using var paged = host.Page(options);
        listing.Print(file.Syncs.All().Select(SyncMessages.Output), paged.Host, cancellationToken);
        paged.End();
        listing.Summarise("syncs", "", options, host);
        if (file.Version != C1zVersion.V1 && options.Format == OutputFormat.Table && !options.Quiet)
        {
            host.WriteDiagnostic("Note", $"{options.File} is of the format {FileFormat.Describe(file.Version)}, which holds one sync");
        }

        return (int)BatonExitCode.Done;
    }
}
