using Baton.C1z.Reading;
using Baton.Cli.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Export;

/// <summary>The rows of a sync for the sheet: identities, then entitlements, then grants, each in the order of the file.</summary>
internal sealed class AccessRows(SyncReader reader, AccessScope scope)
{
    private readonly JoinedRows _rows = new(reader);
    private readonly HashSet<string> _userTypes =
        [.. reader.ResourceTypes().Where(type => type.Traits.Contains(ResourceType.Types.Trait.User)).Select(type => type.Id)];

    public IEnumerable<AccessRow> All() => Identities().Concat(Entitlements()).Concat(Grants());

    private IEnumerable<AccessRow> Identities()
        => reader.Resources().Where(IsAccount).Select(resource => new AccessRow("Identity") { Identity = Identity.Of(resource) });

    private IEnumerable<AccessRow> Entitlements() => _rows.Entitlements(ListFilter.None).Select(row => new AccessRow("Entitlement")
    {
        Entitlement = row.Entitlement,
        EntitlementId = row.Entitlement.Id,
        ResourceTypeId = row.Entitlement.Resource?.Id?.ResourceType ?? "",
        Resource = row.Resource,
    });

    private IEnumerable<AccessRow> Grants()
    {
        foreach (var row in _rows.Grants(ListFilter.None))
        {
            if (row.Principal is not { } principal || (scope == AccessScope.Accounts && !IsAccount(principal)))
            {
                continue;
            }

            var isKnown = !SyncDirectory.IsMissing(row.Entitlement);
            yield return new AccessRow("Grant")
            {
                Identity = Identity.Of(principal),
                Entitlement = isKnown ? row.Entitlement : null,
                EntitlementId = row.Grant.Entitlement?.Id ?? "",
                ResourceTypeId = row.Resource?.Id?.ResourceType ?? "",
                Resource = isKnown ? row.Resource : null,
                How = Provenance.How(row.Grant, _rows.Directory),
                GrantId = row.Grant.Id,
            };
        }
    }

    // A type without the trait may still have accounts, and one with it resources whose trait a connector left out: both are people.
    private bool IsAccount(Resource resource)
        => !SyncDirectory.IsMissing(resource)
            && (_userTypes.Contains(resource.Id?.ResourceType ?? "") || Facts.Trait<UserTrait>(resource) is not null);
}

/// <summary>Which principals the sheet lists.</summary>
internal enum AccessScope
{
    /// <summary>Accounts, as upstream has it: what other programs take in knows nobody else.</summary>
    Accounts,

    /// <summary>Everybody who holds a grant: also teams and other groups.</summary>
    Everybody,
}
