using Baton.C1z.Reading;
using Baton.Evidence.Access;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Exports;

/// <summary>The rows of a sync for the sheet: identities, then entitlements, then grants, each in the order of the file.</summary>
internal sealed class ExportRows(SyncReader reader, ExportScope scope)
{
    private const int PageRows = 64;

    private readonly JoinedRows _rows = new(reader);
    private readonly IdentityDirectory _identities = new(reader);
    private readonly HashSet<string> _userTypes =
        [.. reader.ResourceTypes().Where(type => type.Traits.Contains(ResourceType.Types.Trait.User)).Select(type => type.Id)];

    public IEnumerable<ExportRow> All() => Identities().Concat(Entitlements()).Concat(Grants());

    private IEnumerable<ExportRow> Identities()
    {
        foreach (var resource in reader.Resources())
        {
            var identity = Identity.Of(resource, reader.Run.Time);
            var id = (TypeId: resource.Id?.ResourceType ?? "", Id: resource.Id?.Resource ?? "");
            if (IsAccount(id.TypeId, identity))
            {
                _identities.Remember(id, identity);
                yield return new ExportRow("Identity") { Identity = identity };
            }
        }
    }

    private IEnumerable<ExportRow> Entitlements() => _rows.Entitlements(ListFilter.None).Select(row => new ExportRow("Entitlement")
    {
        Entitlement = row.Entitlement,
        EntitlementId = row.Entitlement.Id,
        ResourceTypeId = row.Entitlement.Resource?.Id?.ResourceType ?? "",
        Resource = row.Resource,
    });

    private IEnumerable<ExportRow> Grants() => scope == ExportScope.Accounts ? GrantsOfAccounts() : GrantsOfEverybody();

    // What upstream's columns say is in the columns of the file too, so that no message is decoded.
    private IEnumerable<ExportRow> GrantsOfAccounts()
    {
        foreach (var page in reader.GrantKeys().Chunk(PageRows))
        {
            var identities = _identities.Load(page);
            for (var i = 0; i < page.Length; i++)
            {
                var grant = page[i];
                if (identities[i] is { } identity && IsAccount(grant.Principal.TypeId, identity))
                {
                    yield return Row(identity, _rows.Directory.Entitlement(grant.EntitlementId), grant.EntitlementId, grant.Resource.TypeId);
                }
            }
        }
    }

    private IEnumerable<ExportRow> GrantsOfEverybody()
        => _rows.Grants(ListFilter.None).Where(row => row.Principal is not null).Select(row =>
            Row(Identity.Of(row.Principal!, reader.Run.Time), row.Entitlement, row.Grant.Entitlement?.Id ?? "", row.Resource?.Id?.ResourceType ?? "") with
            {
                How = HowObtained.Of(row.Grant, _rows.Names.OfEntitlement).Short,
                GrantId = row.Grant.Id,
            });

    private ExportRow Row(Identity identity, Entitlement entitlement, string entitlementId, string resourceTypeId)
    {
        var known = SyncDirectory.IsMissing(entitlement) ? null : entitlement;
        return new("Grant")
        {
            Identity = identity,
            Entitlement = known,
            EntitlementId = entitlementId,
            ResourceTypeId = resourceTypeId,
            Resource = known?.Resource?.Id is { } id ? _rows.Directory.Resource((id.ResourceType, id.Resource)) : null,
        };
    }

    // A type without the trait may still have accounts, and one with it resources whose trait a connector left out: both are people.
    private bool IsAccount(string typeId, Identity identity) => identity.HasTrait || _userTypes.Contains(typeId);
}

/// <summary>Which principals the sheet lists.</summary>
public enum ExportScope
{
    /// <summary>Accounts, as upstream has it: what other programs take in knows nobody else.</summary>
    Accounts,

    /// <summary>Everybody who holds a grant: also teams and other groups.</summary>
    Everybody,
}
