using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Changes;
using Baton.Evidence.Changes.Parity;

namespace Baton.Cli.Commands;

/// <summary>What has changed from one sync to another.</summary>
internal static class DiffCommand
{
    private static readonly StringFlag From = new("from", "the earlier sync; the one before by default") { Placeholder = "ID" };

    private static readonly StringFlag To = new("to", "the later sync; the latest full one by default") { Placeholder = "ID" };

    private static readonly StringsFlag Only = new("only", $"only these: {string.Join(", ", ChangeKinds.Families)}");

    private static readonly StringsFlag Ignore = new("ignore", "fields whose change is none, such as email or profile.department");

    private static readonly BooleanFlag SetsExitCode = new("exit-code", "end with 5 when there are changes");

    private static readonly StringFlag Format = new("format", "of -o json: changes, or upstream (whole objects that were created, deleted or modified)", "changes");

    private static readonly StringFlag Mode = new("mode", "legacy (changes over time), or parity (two files that should hold the same)", "legacy");

    private static readonly StringFlag Left = new("left", "the one file of --mode parity");

    private static readonly StringFlag Right = new("right", "the other file of --mode parity");

    private static readonly StringFlag Scope = new("scope", "of --mode parity: all, resource, entitlement or grant", "all");

    private static readonly StringsFlag Types = new("resource-type", "of --mode parity: only these resource types") { Short = 't' };

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "diff",
        Summary = "Show what has changed from one sync to another, in one file or in two",
        Description =
            "Show what has changed from one sync to another.\n\n"
            + "  baton diff OLD.c1z NEW.c1z    two files, the latest full sync of each\n"
            + "  baton diff -f FILE.c1z        the two latest full syncs of one file\n"
            + "  baton diff OLD.c1z NEW.c1z -o html > changes.html    one page to print or to send\n\n"
            + "What changes by itself with every sync is left out: when somebody was last seen, ETags, how a row was made.",
        Flags = [From, To, Only, Ignore, SetsExitCode, Format, Mode, Left, Right, Scope, Types],
        Arguments = new PositionalArguments(0, 2, "[OLD] [NEW]"),
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation, host, cancellationToken)),
    };

    private static int Run(Invocation invocation, ProgramHost host, CancellationToken cancellationToken)
    {
        var flags = invocation.Flags;
        var options = GlobalFlags.ReadAny(flags, host.Environment);
        if (options.Format == OutputFormat.Html && (flags.Get(Mode) == "parity" || flags.Get(Format) == "upstream"))
        {
            throw new UsageException("html has the changes alone; leave out --mode parity and --format upstream, or --output-format html");
        }

        var differs = flags.Get(Mode) switch
        {
            "legacy" => RunChanges(invocation, options, host, cancellationToken),
            "parity" => RunParity(flags, options, host, cancellationToken),
            var other => throw new UsageException($"invalid --mode \"{other}\": must be one of legacy, parity"),
        };
        return (int)(differs && flags.Get(SetsExitCode) ? BatonExitCode.Found : BatonExitCode.Done);
    }

    private static bool RunChanges(Invocation invocation, GlobalOptions options, ProgramHost host, CancellationToken cancellationToken)
    {
        var flags = invocation.Flags;
        if (flags.IsSet(Left.Name) || flags.IsSet(Right.Name))
        {
            throw new UsageException("--left/--right require --mode parity; for changes, name the files: baton diff OLD.c1z NEW.c1z");
        }

        var isUpstream = flags.Get(Format) switch
        {
            "changes" => false,
            "upstream" => true,
            var other => throw new UsageException($"--format does not know \"{other}\"; it takes changes or upstream"),
        };
        Refuse(flags, "of --mode parity", Scope, Types);
        if (isUpstream && options.Format is not (OutputFormat.Table or OutputFormat.Json))
        {
            throw new UsageException("--format upstream is one JSON document; leave out --output-format");
        }

        var scope = new DiffScope(ReadOnly(flags), flags.Get(Ignore));
        using var input = Open(invocation, options, host);
        if (isUpstream)
        {
            return new UpstreamDiff(input.FromReader, input.ToReader, FileSession.C1zOptions(host), cancellationToken).Write(host.Data);
        }

        using var changes = SyncDiff.Compute(new DiffSides(input.FromReader, input.ToReader), scope, FileSession.C1zOptions(host), cancellationToken);
        Print(new DiffResult(input.From, input.To, changes), scope, options, host, cancellationToken);
        return changes.Total > 0;
    }

    private static void Print(DiffResult result, DiffScope scope, GlobalOptions options, ProgramHost host, CancellationToken cancellationToken)
    {
        switch (options.Format)
        {
            case OutputFormat.Json:
                DiffJson.Write(result, host.Data);
                break;
            case OutputFormat.JsonLines:
                DiffJson.WriteLines(result, host.Data);
                break;
            case OutputFormat.Html:
                DiffPage.Write(result, scope, host.Data, host.Time.GetUtcNow(), cancellationToken);
                break;
            case OutputFormat.Table:
                using (var paged = host.Page(options))
                {
                    DiffText.Write(result, paged.Host);
                    paged.End();
                }

                break;
            default:
                DiffText.WriteRows(result, options.Format.Sheet()!.Value, host);
                break;
        }
    }

    private static bool RunParity(FlagValues flags, GlobalOptions options, ProgramHost host, CancellationToken cancellationToken)
    {
        if (flags.Get(Left).Length == 0 || flags.Get(Right).Length == 0)
        {
            throw new UsageException("both --left and --right are required with --mode parity");
        }

        Refuse(flags, "not of --mode parity", From, To, Only, Ignore, Format);
        if (options.Format is not (OutputFormat.Table or OutputFormat.Json))
        {
            throw new UsageException("a comparison by --mode parity is printed as table or json (--output-format)");
        }

        var scope = flags.Get(Scope);
        if (scope is not ("all" or "resource" or "entitlement" or "grant"))
        {
            throw new UsageException($"invalid --scope \"{scope}\": must be one of resource, entitlement, grant, all");
        }

        using var input = DiffInput.OfFiles(flags.Get(Left), flags.Get(Right), new DiffChoice(null, null), options, host);
        using var report = ParityReport.Compute(new(input.From, input.FromReader, input.To, input.ToReader), new(scope, flags.Get(Types)), FileSession.C1zOptions(host), cancellationToken);
        if (options.Format == OutputFormat.Json)
        {
            ParityJson.Write(report, host.Data);
        }
        else
        {
            ParityText.Write(report, host.Output);
        }

        return report.HasDifferences;
    }

    private static void Refuse(FlagValues flags, string why, params IReadOnlyList<Flag> refused)
    {
        if (refused.FirstOrDefault(flag => flags.IsSet(flag.Name)) is { } given)
        {
            throw new UsageException($"--{given.Name} is {why}; leave it out");
        }
    }

    private static DiffInput Open(Invocation invocation, GlobalOptions options, ProgramHost host)
    {
        var choice = new DiffChoice(FilterFlags.ReadText(invocation.Flags, From), FilterFlags.ReadText(invocation.Flags, To));
        return invocation.Arguments switch
        {
            [var old, var now] => DiffInput.OfFiles(old, now, choice, options, host),
            [var old] when invocation.Flags.IsSet(GlobalFlags.File.Name) => DiffInput.OfFiles(old, options.File, choice, options, host),
            [var file] => DiffInput.OfFile(file, choice, options, host),
            _ => DiffInput.OfFile(options.File, choice, options, host),
        };
    }

    private static IReadOnlyList<string> ReadOnly(FlagValues flags)
    {
        var families = flags.Get(Only);
        return families.FirstOrDefault(family => !ChangeKinds.Families.Contains(family, StringComparer.Ordinal)) is { } unknown
            ? throw new UsageException($"--only does not know \"{unknown}\"; it takes {string.Join(", ", ChangeKinds.Families)}")
            : families;
    }
}
