using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence;
using Baton.Evidence.Reading;
using Baton.Evidence.Review;
using Baton.Evidence.Review.Decisions;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Commands;

internal static class ReviewImportCommand
{
    private const int ProblemsShown = 20;

    private static readonly StringFlag Base = new("base", "the .c1z file that the sheet was made of; the same as --file") { Placeholder = "FILE" };
    private static readonly StringFlag DecidedBy = new("decided-by", "who decided, where the sheet does not say") { Placeholder = "NAME" };
    private static readonly BooleanFlag Partial = new("partial", "take a sheet in which rows are still undecided");
    private static readonly StringFlag Out = new("out", "a folder for decisions.json, revocations.csv and revoke.sh") { Placeholder = "DIR" };
    private static readonly BooleanFlag Force = new("force", "replace files that are there");
    private static readonly BooleanFlag Script = new("script", "print a shell script that has the connector carry out the decisions");
    private static readonly StringFlag Connector = new("connector", "the connector that the script calls", "baton-grafana") { Placeholder = "PROGRAM" };

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "import",
        Summary = "Read the decided sheet back, check it against the file, and print the revocations",
        Description = "Reads a sheet of \"baton review\" (CSV or XLSX) with the decisions filled in, checks that it belongs to the file and that every row "
            + "has one decision that makes sense, and prints what has to be revoked or changed.\n\n"
            + "Nothing is taken from a sheet in which anything is wrong: each mistake is a line that names its row.",
        Flags = [Base, ReviewFlags.Scope, DecidedBy, Partial, Out, Force, Script, Connector],
        Arguments = new PositionalArguments(1, 1, "SHEET"),
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation, host, cancellationToken)),
    };

    private static int Run(Invocation invocation, ProgramHost host, CancellationToken cancellationToken)
    {
        var flags = invocation.Flags;
        var sheet = invocation.Arguments[0];
        var global = GlobalFlags.Read(flags, host.Environment);
        global = flags.IsSet(Base.Name) ? global with { File = flags.Get(Base) } : global;
        if (global.Format is not (OutputFormat.Table or OutputFormat.Json or OutputFormat.Csv))
        {
            throw new UsageException("revocations are printed as table, json or csv (--output-format), or as a shell script (--script)");
        }

        var scope = ReviewFlags.ReadScope(flags);
        var from = FileEvidence.Read(global, host, new EvidenceOptions(), cancellationToken);
        scope.Check(from.Book);
        var check = new DecisionCheck(from.Book, from.Provenance, scope, flags.Get(DecidedBy) is { Length: > 0 } name ? name : null);
        var system = Take(sheet, check, cancellationToken);
        if (check.Problems.Count > 0)
        {
            return Refuse(check.Problems, sheet, host);
        }

        var undecided = check.Undecided.ToList();
        if (undecided.Count > 0 && !flags.Get(Partial))
        {
            var first = undecided[0];
            throw new CliException(
                $"{undecided.Count} of {check.Population} rows have no decision, the first {first.Id}: {first.Account.Name} ({first.Account.Reference}), {first.Role.Name} on {first.Target.Label}; "
                + "--partial takes the sheet as it is",
                BatonExitCode.Found);
        }

        var file = MakeFile(check, from.Provenance, new SheetOrigin(sheet, system, scope), host.Time.GetUtcNow());
        var plan = new RevocationPlan(file.Decisions);
        Write(flags, new DecisionWriter(file, plan, flags.Get(Connector), global.File), global, host);
        if (!global.Quiet)
        {
            host.Error.Write(Summary(file.Counts, plan));
        }

        return (int)BatonExitCode.Done;
    }

    private static string Take(string sheet, DecisionCheck check, CancellationToken cancellationToken)
    {
        var system = "";
        foreach (var row in DecisionSheet.Read(sheet))
        {
            cancellationToken.ThrowIfCancellationRequested();
            check.Take(row);
            system = system.Length > 0 ? system : row["system"];
        }

        check.Finish();
        return system;
    }

    private static int Refuse(IReadOnlyList<string> problems, string sheet, ProgramHost host)
    {
        foreach (var problem in problems.Take(ProblemsShown))
        {
            host.WriteDiagnostic("Error", $"{sheet}, {problem}");
        }

        if (problems.Count > ProblemsShown)
        {
            host.WriteDiagnostic("Error", $"{sheet}: {problems.Count - ProblemsShown} more rows cannot be taken");
        }

        return (int)BatonExitCode.Usage;
    }

    private static DecisionFile MakeFile(DecisionCheck check, FileProvenance provenance, SheetOrigin origin, DateTimeOffset now)
    {
        var decisions = check.Decisions.ToList();
        int Of(DecisionKind kind) => decisions.Count(decision => decision.Kind == kind);
        return new()
        {
            Review = new()
            {
                System = origin.System,
                Scope = origin.Scope.Text,
                File = provenance.FileName,
                Sha256 = provenance.Sha256,
                SyncId = provenance.Run.Id,
                SyncEndedAt = provenance.Run.EndedAt,
                Sheet = Path.GetFileName(origin.Path),
                SheetSha256 = FileProvenance.Hash(origin.Path),
                ImportedAt = now,
                ToolVersion = FileProvenance.ToolVersion,
            },
            Counts = new(
                check.Population, Of(DecisionKind.Keep), Of(DecisionKind.Change), Of(DecisionKind.Revoke), Of(DecisionKind.Defer), check.Population - decisions.Count),
            Decisions = decisions,
        };
    }

    private static void Write(FlagValues flags, DecisionWriter writer, GlobalOptions global, ProgramHost host)
    {
        if (flags.Get(Out) is { Length: > 0 } folder)
        {
            var paths = writer.WriteFiles(folder, flags.Get(Force));
            if (!global.Quiet)
            {
                host.Error.Write(string.Concat(paths.Select(path => $"{DisplayText.Neutralise(path)}\n")));
            }
        }

        if (flags.Get(Script))
        {
            writer.WriteScript(host.Data);
        }
        else if (global.Format == OutputFormat.Json)
        {
            writer.WriteJson(host.Data);
        }
        else if (global.Format == OutputFormat.Csv)
        {
            writer.WriteCsv(host.Data);
        }
        else
        {
            WriteTable(writer, host);
        }
    }

    private static void WriteTable(DecisionWriter writer, ProgramHost host)
    {
        var table = new TableWriter<Decision>(host.Output, DecisionWriter.Columns, host.Terminal);
        foreach (var step in writer.Steps)
        {
            table.Write(step);
        }

        table.End();
    }

    private static string Summary(DecisionCounts counts, RevocationPlan plan)
    {
        var byHand = plan.ByHand.Count();
        var undecided = counts.Undecided > 0 ? $", {counts.Undecided} undecided" : "";
        return $"{counts.Population} rows: {counts.Keep} keep, {counts.Change} change, {counts.Revoke} revoke, {counts.Defer} defer{undecided}"
            + (byHand > 0 ? $"; {byHand} of them need more than a revocation, see \"Revocable\"\n" : "\n");
    }

    private sealed record SheetOrigin(string Path, string System, ReviewScope Scope);
}
