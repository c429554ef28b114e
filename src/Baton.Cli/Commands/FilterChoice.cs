using Baton.C1z.Reading;
using Baton.Cli.Files;
using Baton.Evidence.Reading;

namespace Baton.Cli.Commands;

/// <summary>What the filter flags say, before it is known what the sync holds.</summary>
internal sealed record FilterChoice
{
    private const int NamedTypes = 20;

    public string? ResourceType { get; init; }

    public string? Resource { get; init; }

    public string? Entitlement { get; init; }

    public string? Role { get; init; }

    public string? PrincipalType { get; init; }

    public string? Principal { get; init; }

    public string? Since { get; init; }

    /// <summary>The filter for the sync that is shown.</summary>
    /// <exception cref="CliException">It names what the sync does not hold, or more than one account.</exception>
    public ListFilter Resolve(FileSession session)
    {
        var (principalType, principal) = ResolvePrincipal(session.Reader);
        return new()
        {
            ResourceTypeId = ResourceType,
            ResourceId = Resource,
            EntitlementId = Entitlement,
            EntitlementIds = Role is null ? null : EntitlementsOfRole(session.Reader, Role),
            PrincipalTypeId = principalType,
            PrincipalId = principal,
            AbsentFromSyncId = Since is null ? null : Baseline.Find(session, Since).Id,
        };
    }

    /// <summary>
    /// Why nothing was found, when that is because the filter names what is not there; null when there just is nothing. Asked only then:
    /// grants to a principal that is not listed itself are still its grants.
    /// </summary>
    public string? WhyNothing(SyncReader reader)
        => DoubtfulType(reader, ResourceType) ?? DoubtfulResource(reader, ResourceType, Resource)
            ?? DoubtfulType(reader, PrincipalType) ?? DoubtfulPrincipal(reader)
            ?? DoubtfulEntitlement(reader, Entitlement);

    private (string? Type, string? Id) ResolvePrincipal(SyncReader reader)
    {
        if (Principal is null || PrincipalType is not null)
        {
            return (PrincipalType, Principal);
        }

        var found = PrincipalSearch.Find(reader, Principal);
        return (found.TypeId, found.Id);
    }

    private static List<string> EntitlementsOfRole(SyncReader reader, string role)
    {
        var found = new List<string>();
        var others = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entitlement in reader.Entitlements())
        {
            if (entitlement.Slug.Equals(role, StringComparison.OrdinalIgnoreCase) || entitlement.DisplayName.Equals(role, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(entitlement.Id);
            }
            else if (others.Count <= NamedTypes)
            {
                others.Add(Facts.Role(entitlement));
            }
        }

        return found.Count > 0 ? found : throw new CliException($"this sync has no role \"{role}\"; it has {List([.. others])}", BatonExitCode.Usage);
    }

    private static string? DoubtfulType(SyncReader reader, string? type)
        => type is null || reader.FindResourceType(type) is not null
            ? null
            : $"this sync has no resource type \"{type}\"; it has {List([.. reader.ResourceTypes().Take(NamedTypes + 1).Select(known => known.Id)])}";

    private static string? DoubtfulResource(SyncReader reader, string? type, string? id)
        => type is null || id is null || reader.FindResource(type, id) is not null
            ? null
            : $"this sync has no resource {type}:{id}; \"baton resources -t {type}\" lists those it has";

    private string? DoubtfulPrincipal(SyncReader reader)
        => Principal?.Split(':', 2) is [var type, var id] && PrincipalType is null
            ? DoubtfulResource(reader, type, id)
            : DoubtfulResource(reader, PrincipalType, Principal);

    private static string? DoubtfulEntitlement(SyncReader reader, string? id)
        => id is null || reader.FindEntitlement(id) is not null
            ? null
            : $"this sync has no entitlement \"{id}\"; \"baton entitlements\" lists those it has";

    private static string List(string[] names)
        => names.Length == 0 ? "none" : string.Join(", ", names.Take(NamedTypes)) + (names.Length > NamedTypes ? ", …" : "");
}
