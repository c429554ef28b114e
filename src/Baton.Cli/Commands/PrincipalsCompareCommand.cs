using Baton.C1z.Reading;
using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Accounts;
using Baton.Evidence.Lists;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

/// <summary>Who holds one entitlement and not another, which may be in another file. Each side is read twice and never held.</summary>
internal static class PrincipalsCompareCommand
{
    private static readonly StringFlag BaseEntitlement = new("entitlement", "the entitlement to compare, in the file of --file") { Short = 'e' };

    private static readonly StringFlag CompareFile = new("compare-file", "the file of the entitlement to compare with, if not the same");

    private static readonly StringFlag CompareEntitlement = new("compare-entitlement", "the entitlement to compare with");

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "compare",
        Summary = "Compare who holds two entitlements, in one file or in two",
        Description =
            "Compare who holds two entitlements.\n\nWithin a file, principals are the same when their ids are. In two files, accounts are the same\n"
            + "when they share an e-mail address or, without any, the login; everything else when type and name agree.",
        Flags = [BaseEntitlement, CompareFile, CompareEntitlement, .. ListFlags.All],
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var options = GlobalFlags.Read(flags, host.Environment);
        var list = ListFlags.Read(flags, options.Format);
        var isDocument = options.Format == OutputFormat.Json && !list.Format.IsFlat;
        if (isDocument)
        {
            ListFlags.RefuseFor("four lists, each whole", flags, ListFlags.Limit, ListFlags.Offset);
        }

        var (baseId, comparedId) = (Required(flags, BaseEntitlement), Required(flags, CompareEntitlement));
        using var baseSession = FileSession.Open(options, host);
        using var otherSession = flags.Get(CompareFile) is { Length: > 0 } other ? FileSession.Open(options with { File = other, SyncId = null }, host) : null;
        var comparedSession = otherSession ?? baseSession;
        var match = otherSession is null ? PrincipalMatch.ById : PrincipalMatch.ByIdentity;
        var comparison = new Comparison(Holders(baseSession, baseId), Holders(comparedSession, comparedId), match, cancellationToken);
        var listing = new Listing<ComparedPrincipal>(Kind(baseSession.Reader.Run.Time), list);
        if (isDocument)
        {
            PrintJson(comparison, listing, host, cancellationToken);
            return (int)BatonExitCode.Done;
        }

        using var paged = host.Page(options);
        if (options.Format == OutputFormat.Table && !comparison.Differences.Any())
        {
            paged.Host.Output.Write("The principals of the two entitlements are the same.\n");
            paged.End();
            return (int)BatonExitCode.Done;
        }

        listing.Print(comparison.Differences, paged.Host, cancellationToken);
        paged.End();
        listing.Summarise("differences", "", options, host);
        return (int)BatonExitCode.Done;
    }

    private static RowKind<ComparedPrincipal> Kind(DateTimeOffset synced)
        => new(
            "differences",
            [new("Difference", row => row.Difference), .. ResourceRows.Kind(synced).Columns.Select(column => column.Of<ComparedPrincipal>(row => row.Principal))],
            () => new ComparedPrincipalForm())
        {
            Texts = row => PrincipalSearch.Texts(row.Principal.Resource),
        };

    // Upstream's flags name what is compared, and its message has one list for each.
    private static void PrintJson(Comparison comparison, Listing<ComparedPrincipal> listing, ProgramHost host, CancellationToken cancellationToken)
    {
        using var document = new JsonDocumentWriter(host.Data);
        foreach (var (name, rows) in new[]
        {
            ("missing", comparison.Missing), ("extra", comparison.Extra), ("base", comparison.Base), ("compared", comparison.Compared),
        })
        {
            foreach (var row in listing.Arrange(rows.Select(row => new ComparedPrincipal(name, row)), host, cancellationToken))
            {
                document.WriteElement(name, row.Principal);
            }
        }

        document.EndList();
    }

    private static IEnumerable<ResourceOutput> Holders(FileSession session, string entitlementId)
        => session.Reader.FindEntitlement(entitlementId) is null
            ? throw new CliException($"{session.Path} has no entitlement \"{entitlementId}\"; \"baton entitlements -f {session.Path}\" lists those it has", BatonExitCode.Usage)
            : new JoinedRows(session.Reader).Principals(new ListFilter { EntitlementId = entitlementId });

    private static string Required(FlagValues flags, StringFlag flag)
        => flags.Get(flag) is { Length: > 0 } value ? value : throw new UsageException($"--{flag.Name} is required");

    private sealed class Comparison
    {
        private readonly PrincipalKeys _base;
        private readonly PrincipalKeys _compared;

        public Comparison(IEnumerable<ResourceOutput> @base, IEnumerable<ResourceOutput> compared, PrincipalMatch match, CancellationToken cancellationToken)
        {
            _base = new PrincipalKeys(match);
            _compared = new PrincipalKeys(match);
            (Base, Compared) = (@base, compared);
            Read(Base, _base, cancellationToken);
            Read(Compared, _compared, cancellationToken);
        }

        public IEnumerable<ResourceOutput> Base { get; }

        public IEnumerable<ResourceOutput> Compared { get; }

        public IEnumerable<ResourceOutput> Missing => Base.Where(principal => !_compared.Contains(principal));

        public IEnumerable<ResourceOutput> Extra => Compared.Where(principal => !_base.Contains(principal));

        public IEnumerable<ComparedPrincipal> Differences
            => Missing.Select(row => new ComparedPrincipal("only in base", row)).Concat(Extra.Select(row => new ComparedPrincipal("only in compared", row)));

        private static void Read(IEnumerable<ResourceOutput> principals, PrincipalKeys keys, CancellationToken cancellationToken)
        {
            foreach (var principal in principals)
            {
                cancellationToken.ThrowIfCancellationRequested();
                keys.Add(principal);
            }
        }
    }
}
