using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Lists;
using Baton.Evidence.Reading;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

/// <summary>Everything that one principal has. Only its own grants are read, by their index.</summary>
internal static class AccessCommand
{
    private static readonly StringFlag ResourceType = new("resource-type", "the type of the principal") { Short = 't' };

    private static readonly StringFlag Resource = new("resource", "the id of the principal next to --resource-type, or type:id") { Short = 'r' };

    private static readonly StringFlag Principal = new("principal", "the principal: type:id, or a login, e-mail address or name");

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "access",
        Summary = "Show everything that one account, group or other principal has access to",
        Description =
            "Show everything that one account, group or other principal has access to, and how it came by it.\n\n"
            + "Name it as type:id, or by its login, e-mail address or name: baton access ada@example.com",
        Flags = [ResourceType, Resource, Principal, FilterFlags.OfRole, FilterFlags.Since, .. ListFlags.All],
        Arguments = new PositionalArguments(0, 1, "[PRINCIPAL]"),
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation, host, cancellationToken)),
    };

    private static int Run(Invocation invocation, ProgramHost host, CancellationToken cancellationToken)
    {
        var options = GlobalFlags.Read(invocation.Flags, host.Environment);
        var list = ListFlags.Read(invocation.Flags, options.Format);
        var choice = Choose(invocation);
        using var session = FileSession.Open(options, host);
        var filter = choice.Resolve(session);
        var rows = new JoinedRows(session.Reader);
        var listing = new Listing<GrantOutput>(PrincipalAccessRows.Kind(rows), list);
        var grants = new List<GrantOutput>();
        foreach (var grant in rows.Grants(filter))
        {
            cancellationToken.ThrowIfCancellationRequested();
            grants.Add(grant);
        }

        if (grants.Count == 0 && choice.WhyNothing(session.Reader) is { } reason)
        {
            throw new CliException(reason, BatonExitCode.Usage);
        }

        var principal = rows.Principal((filter.PrincipalTypeId!, filter.PrincipalId!));
        using var paged = host.Page(options);
        var part = listing.Part(PrincipalAccessRows.Order(grants), host, cancellationToken).ToList();
        var access = new PrincipalAccess(principal, part, rows.Synced) { HasMore = listing.HasMore };
        if (options.Format is OutputFormat.Json or OutputFormat.JsonLines && !list.Format.IsFlat)
        {
            access.PrintJson(options.Format, host);
        }
        else
        {
            access.PrintRows(listing, options.Format, paged.Host);
            paged.End();
        }

        return (int)BatonExitCode.Done;
    }

    // Upstream's flags name the principal as if it were the resource, which is what they mean everywhere else.
    private static FilterChoice Choose(Invocation invocation)
    {
        var (type, id) = FilterFlags.ReadReference(invocation.Flags, ResourceType, Resource);
        if (type is not null && id is null)
        {
            throw new UsageException("--resource-type alone names nobody: give --resource as well");
        }

        string[] names = [.. invocation.Arguments, .. FilterFlags.ReadText(invocation.Flags, Principal) is { } named ? [named] : Array.Empty<string>()];
        if (names.Length + (id is null ? 0 : 1) != 1)
        {
            throw new UsageException(names.Length == 0
                ? "whose access? Name one principal: baton access ada@example.com, or baton access -t user -r 7"
                : "name one principal, in one way");
        }

        return new()
        {
            PrincipalType = type,
            Principal = id ?? names[0],
            Role = FilterFlags.ReadText(invocation.Flags, FilterFlags.OfRole),
            Since = FilterFlags.ReadText(invocation.Flags, FilterFlags.Since),
        };
    }
}
