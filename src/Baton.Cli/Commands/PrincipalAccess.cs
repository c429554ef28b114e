using Baton.Cli.Output;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Commands;

/// <summary>What one principal has.</summary>
/// <param name="grants">Those to be shown, in their order.</param>
internal sealed class PrincipalAccess(Resource principal, IReadOnlyList<GrantOutput> grants, DateTimeOffset synced)
{
    /// <summary>Whether there are grants after those to be shown.</summary>
    public bool HasMore { get; init; }

    private int Resources => grants.Select(row => row.Resource?.Id).Distinct().Count();

    public void PrintJson(OutputFormat format, ProgramHost host)
    {
        using var document = new JsonDocumentWriter(host.Data);
        var items = grants.GroupBy(row => row.Resource?.Id).Select(group => new ResourceAccessOutput
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

        document.WriteMember("principal", principal);
        foreach (var item in items)
        {
            document.WriteElement("access", item);
        }

        document.EndList();
    }

    public void PrintRows(Listing<GrantOutput> listing, OutputFormat format, ProgramHost host)
    {
        if (format != OutputFormat.Table)
        {
            listing.Write(grants, host);
            return;
        }

        host.Output.Write($"{DisplayText.Neutralise(Heading())}\n");
        listing.Write(grants, host);
        host.Output.Write($"{Count(grants.Count, "grant")} on {Count(Resources, "resource")}{(HasMore ? ", and more" : "")}\n");
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    private string Heading()
    {
        var account = AccountFacts.Of(principal, synced);
        var email = account.Email.Length > 0 ? $" <{account.Email}>" : "";
        var seen = account.LastSeen.Length > 0 ? $"last seen {account.LastSeen}" : "";
        string[] facts = [.. new[] { account.Status, account.Type, seen }.Where(fact => fact.Length > 0)];
        return $"Access of {account.Name}{email} ({Facts.Reference(principal.Id)})  {string.Join(", ", facts)}".TrimEnd();
    }
}
