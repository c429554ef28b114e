using Baton.C1z.Reading;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>The flags that narrow a listing. A command declares those that make sense for it.</summary>
internal static class FilterFlags
{
    private const int NamedTypes = 20;

    public static StringFlag ResourceType { get; } = new("resource-type", "only resources of this type") { Short = 't' };

    public static StringFlag OnResourceType { get; } = new("resource-type", "only what is on resources of this type") { Short = 't' };

    public static StringFlag OnResource { get; } =
        new("resource", "only what is on this resource: its id next to --resource-type, or type:id") { Short = 'r' };

    public static StringFlag OfEntitlement { get; } = new("entitlement", "only grants of the entitlement with this id") { Short = 'e' };

    public static StringFlag ToPrincipalType { get; } = new("principal-type", "only grants to principals of this resource type");

    public static StringFlag ToPrincipal { get; } =
        new("principal", "only grants to this principal: its id next to --principal-type, or type:id");

    /// <exception cref="UsageException">An id is empty, or of no known type.</exception>
    public static FilterChoice Read(FlagValues flags)
    {
        var (resourceType, resource) = ReadReference(flags, OnResourceType, OnResource);
        var (principalType, principal) = ReadReference(flags, ToPrincipalType, ToPrincipal);
        var entitlement = ReadId(flags, OfEntitlement);
        var filter = new ListFilter
        {
            ResourceTypeId = resourceType,
            ResourceId = resource,
            EntitlementId = entitlement,
            PrincipalTypeId = principalType,
            PrincipalId = principal,
        };
        return new(filter, reader => DoubtfulType(reader, resourceType) ?? DoubtfulResource(reader, resourceType, resource)
            ?? DoubtfulType(reader, principalType) ?? DoubtfulResource(reader, principalType, principal)
            ?? DoubtfulEntitlement(reader, entitlement));
    }

    private static (string? Type, string? Id) ReadReference(FlagValues flags, StringFlag typeFlag, StringFlag idFlag)
    {
        var type = flags.Get(typeFlag) is { Length: > 0 } given ? given : null;
        var id = ReadId(flags, idFlag);
        if (id is null || type is not null)
        {
            return (type, id);
        }

        return id.Split(':', 2) is [{ Length: > 0 } left, { Length: > 0 } right]
            ? (left, right)
            : throw new UsageException($"--{idFlag.Name} \"{id}\" is of no type: give --{typeFlag.Name} as well, or write type:id");
    }

    // An empty id, as from a script's unset variable, must not list everything.
    private static string? ReadId(FlagValues flags, StringFlag flag)
        => !flags.IsSet(flag.Name) ? null : flags.Get(flag) is { Length: > 0 } id ? id : throw new UsageException($"--{flag.Name} is empty");

    private static string? DoubtfulType(SyncReader reader, string? type)
    {
        if (type is null || reader.FindResourceType(type) is not null)
        {
            return null;
        }

        var known = reader.ResourceTypes().Take(NamedTypes + 1).Select(known => known.Id).ToList();
        var names = string.Join(", ", known.Take(NamedTypes)) + (known.Count > NamedTypes ? ", …" : "");
        return $"this sync has no resource type \"{type}\"; it has {(known.Count == 0 ? "none" : names)}";
    }

    private static string? DoubtfulResource(SyncReader reader, string? type, string? id)
        => type is null || id is null || reader.FindResource(type, id) is not null
            ? null
            : $"this sync has no resource {type}:{id}; \"baton resources -t {type}\" lists those it has";

    private static string? DoubtfulEntitlement(SyncReader reader, string? id)
        => id is null || reader.FindEntitlement(id) is not null
            ? null
            : $"this sync has no entitlement \"{id}\"; \"baton entitlements\" lists those it has";
}

/// <summary>What the filter flags say.</summary>
/// <param name="Filter">For the reader.</param>
/// <param name="WhyNothing">
/// Why nothing was found, when that is because the filter names what is not there; null when there just is nothing. Asked only then:
/// grants to a principal that is not listed itself are still its grants.
/// </param>
internal sealed record FilterChoice(ListFilter Filter, Func<SyncReader, string?> WhyNothing);
