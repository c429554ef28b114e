using Baton.C1z;
using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.Cli.Sorting;
using Baton.Protocol.Cli.V1;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Commands;

/// <summary>What one principal has, sorted by resource and then by how much the role may do, unless another order is asked for.</summary>
internal sealed class PrincipalAccess
{
    private readonly Resource _principal;
    private List<GrantOutput> _grants;
    private readonly DateTimeOffset _synced;

    public PrincipalAccess(Resource principal, IEnumerable<GrantOutput> grants, DateTimeOffset synced)
    {
        _synced = synced;
        _principal = principal;
        _grants = [.. grants
            .OrderBy(row => row.Resource?.Id?.ResourceType ?? "", StringComparer.Ordinal)
            .ThenBy(row => Facts.Name(row.Resource), StringComparer.Ordinal)
            .ThenBy(row => row.Resource?.Id?.Resource ?? "", StringComparer.Ordinal)
            .ThenByDescending(row => RoleRank.Of(Facts.Role(row.Entitlement)))
            .ThenBy(row => row.Grant.Id, StringComparer.Ordinal)];
    }

    private int Resources => _grants.Select(row => row.Resource?.Id).Distinct().Count();

    public void Sort(RowOrder<GrantOutput> order, C1zOptions options, CancellationToken cancellationToken)
        => _grants = [.. order.Sort(_grants, options, cancellationToken)];

    public void PrintJson(OutputFormat format, ProgramHost host)
    {
        using var document = new JsonDocumentWriter(host.Output);
        var items = _grants.GroupBy(row => row.Resource?.Id).Select(group => new ResourceAccessOutput
        {
            ResourceType = group.First().ResourceType,
            Resource = group.First().Resource,
            Entitlements = { group.Select(row => row.Entitlement).DistinctBy(entitlement => entitlement.Id, StringComparer.Ordinal) },
        });
        if (format == OutputFormat.JsonLines)
        {
            items.ToList().ForEach(document.WriteLine);
            document.EndLines();
            return;
        }

        document.WriteMember("principal", _principal);
        foreach (var item in items)
        {
            document.WriteElement("access", item);
        }

        document.EndList();
    }

    public void PrintRows(ListFormat format, IReadOnlyList<Column<GrantOutput>> columns, ProgramHost host)
    {
        if (format.Format == OutputFormat.Table)
        {
            host.Output.Write($"{DisplayText.Neutralise(Heading())}\n");
        }

        using var table = RowWriter<GrantOutput>.Of(format, "access", columns, host);
        _grants.ForEach(table.Write);
        table.End();
        if (format.Format == OutputFormat.Table)
        {
            host.Output.Write($"{Count(_grants.Count, "grant")} on {Count(Resources, "resource")}\n");
        }
    }

    public static Column<GrantOutput>[] Columns(SyncDirectory directory) =>
    [
        new("Resource", row => Facts.Name(row.Resource)),
        new("Type", row => row.Resource?.Id?.ResourceType ?? ""),
        new("Resource ID", row => Facts.Reference(row.Resource?.Id)) { IsDetail = true },
        new("Role", row => Facts.Role(row.Entitlement)) { Tones = Tones.OfRole },
        new("How", row => Provenance.How(row.Grant, directory)),
        new("Grant", row => row.Grant.Id),
    ];

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    private string Heading()
    {
        var account = AccountFacts.Of(_principal, _synced);
        var email = account.Email.Length > 0 ? $" <{account.Email}>" : "";
        var seen = account.LastSeen.Length > 0 ? $"last seen {account.LastSeen}" : "";
        string[] facts = [.. new[] { account.Status, account.Type, seen }.Where(fact => fact.Length > 0)];
        return $"Access of {account.Name}{email} ({Facts.Reference(_principal.Id)})  {string.Join(", ", facts)}".TrimEnd();
    }
}
