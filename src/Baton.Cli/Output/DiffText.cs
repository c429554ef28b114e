using Baton.Evidence.Changes;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>The changes for people, a line each.</summary>
internal static class DiffText
{
    public static void Write(DiffResult result, ProgramHost host)
    {
        var output = host.Output;
        output.Write($"Changes from {When(result.From)} to {When(result.To)}\n");
        var (granted, removed) = (result.Count(ChangeKind.GrantAdded), result.Count(ChangeKind.GrantRemoved));
        output.Write($"Accounts      +{result.Count(ChangeKind.AccountAdded)} added  -{result.Count(ChangeKind.AccountRemoved)} removed  "
            + $"{result.Count(ChangeKind.AccountDisabled)} disabled  {result.Count(ChangeKind.AccountEnabled)} enabled  "
            + $"{result.Count(ChangeKind.AccountRenamed)} renamed  {result.Count(ChangeKind.AccountChanged)} otherwise changed\n");
        output.Write($"Access        +{granted} granted  -{removed} removed  {result.Count(ChangeKind.RoleChanged)} role changed  "
            + $"{result.Count(ChangeKind.GrantChanged)} otherwise changed\n");
        output.Write($"Resources     +{result.Count(ChangeKind.ResourceAdded)} added  -{result.Count(ChangeKind.ResourceRemoved)} removed  "
            + $"{result.Count(ChangeKind.ResourceChanged)} changed\n");
        output.Write($"Entitlements  +{result.Count(ChangeKind.EntitlementAdded)} added  -{result.Count(ChangeKind.EntitlementRemoved)} removed  "
            + $"{result.Count(ChangeKind.EntitlementChanged)} changed\n");
        if (result.Changes.Total > 0)
        {
            var table = new TableWriter<SyncChange>(output, ChangeColumns.OfLines, host.Terminal, hasHeader: false);
            foreach (var change in result.Changes.Sorted())
            {
                table.Write(change);
            }

            table.End();
        }
    }

    public static void WriteRows(DiffResult result, SheetFormat format, ProgramHost host)
    {
        using var writer = (new ListFormat(OutputFormat.Csv).Select(ChangeColumns.Kind) with { IsShown = host.IsShown }).Writer(format, host.Data);
        foreach (var change in result.Changes.Sorted())
        {
            writer.Write(change);
        }

        writer.End();
    }

    private static string When(DiffSource source) => $"{(source.Run.EndedAt ?? source.Run.StartedAt).UtcDateTime:yyyy-MM-dd HH:mm} ({source.Run.Id})";
}
