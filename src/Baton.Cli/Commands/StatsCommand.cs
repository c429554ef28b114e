using System.Text.Json;
using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Commands;

internal static class StatsCommand
{
    private static readonly Column<Counts>[] Columns =
    [
        new("Resource type", row => row.Name),
        new("Resources", row => $"{row.Resources}") { IsNumber = true },
        new("Entitlements", row => $"{row.Entitlements}") { IsNumber = true },
        new("Grants", row => $"{row.Grants}") { IsNumber = true },
    ];

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "stats",
        Summary = "Count what the sync holds, by resource type",
        Flags = ListFlags.WithoutSearch,
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var options = GlobalFlags.Read(flags, host.Environment);
        var choice = ListFlags.Read(flags, options.Format);
        var isDocument = options.Format == OutputFormat.Json && !choice.Format.IsFlat;
        if (isDocument)
        {
            ListFlags.RefuseFor("the counts as one object", flags, ListFlags.Sort, ListFlags.Limit, ListFlags.Offset);
        }

        using var session = FileSession.Open(options, host);
        var run = session.Reader.Run;
        var stats = session.Reader.Stats();
        if (isDocument)
        {
            using var document = new JsonDocumentWriter(host.Data);
            document.WriteDocument(SyncMessages.WithStats(run, stats));
            return (int)BatonExitCode.Done;
        }

        var all = new Counts("(all)", stats.Resources, stats.Entitlements, stats.Grants);
        var listing = new Listing<Counts>(new("counts", Columns, () => new HeldForm<Counts>(WriteJson)) { Totals = [all] }, choice);
        using var paged = host.Page(options);
        if (options.Format == OutputFormat.Table)
        {
            PrintRun(session, paged.Host.Output);
        }

        listing.Print(ByType(stats), paged.Host, cancellationToken);
        paged.End();
        return (int)BatonExitCode.Done;
    }

    private static void PrintRun(FileSession session, TextWriter output)
    {
        var run = session.Reader.Run;
        var lines = new List<(string Name, string Value)>
        {
            ("Sync", run.Id),
            ("Type", run.TypeName),
            ("Started", Facts.Time(run.StartedAt)),
            ("Ended", run.EndedAt is { } ended ? Facts.Time(ended) : "unfinished"),
        };
        if (run.ParentId.Length > 0)
        {
            lines.Add(("Parent", run.ParentId));
        }

        if (session.Version != C1zVersion.V1)
        {
            lines.Add(("Format", FileFormat.Describe(session.Version)));
        }

        foreach (var (name, value) in lines)
        {
            output.Write($"{name,-8} {DisplayText.Neutralise(value)}\n");
        }

        output.Write('\n');
    }

    private static IEnumerable<Counts> ByType(SyncStats stats)
        => stats.ResourcesByType.Keys.Concat(stats.EntitlementsByType.Keys).Concat(stats.GrantsByType.Keys)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(type => new Counts(
                type,
                stats.ResourcesByType.GetValueOrDefault(type),
                stats.EntitlementsByType.GetValueOrDefault(type),
                stats.GrantsByType.GetValueOrDefault(type)));

    private static void WriteJson(Utf8JsonWriter json, Counts row)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", row.Name);
        json.WriteNumber("resources", row.Resources);
        json.WriteNumber("entitlements", row.Entitlements);
        json.WriteNumber("grants", row.Grants);
        json.WriteEndObject();
    }

    private sealed record Counts(string Name, long Resources, long Entitlements, long Grants);
}
