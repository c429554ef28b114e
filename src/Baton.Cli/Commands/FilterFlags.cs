using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>The flags that narrow a listing. A command declares those that make sense for it.</summary>
internal static class FilterFlags
{
    public static StringFlag ResourceType { get; } = new("resource-type", "only resources of this type") { Short = 't' };

    public static StringFlag OnResourceType { get; } = new("resource-type", "only what is on resources of this type") { Short = 't' };

    public static StringFlag OnResource { get; } =
        new("resource", "only what is on this resource: its id next to --resource-type, or type:id") { Short = 'r' };

    public static StringFlag OfEntitlement { get; } = new("entitlement", "only grants of the entitlement with this id") { Short = 'e' };

    public static StringFlag OfRole { get; } =
        new("role", "only entitlements with this slug or display name, such as Admin, on whatever resource; or grants of them");

    public static StringFlag ToPrincipalType { get; } = new("principal-type", "only grants to principals of this resource type");

    public static StringFlag ToPrincipal { get; } =
        new("principal", "only grants to this principal: its id next to --principal-type, type:id, or a login, e-mail address or name");

    public static StringFlag Since { get; } = new(
        "since",
        "only what an earlier full sync of the file did not hold: the latest that ended by this time (2026-08-24, 2026-08-24T06:00:00Z), "
        + "this long before the sync shown (90d, 12h), or with this id");

    /// <exception cref="UsageException">A value is empty, or cannot be what it must be.</exception>
    public static FilterChoice Read(FlagValues flags)
    {
        var (resourceType, resource) = ReadReference(flags, OnResourceType, OnResource);
        var principalType = flags.Get(ToPrincipalType) is { Length: > 0 } given ? given : null;
        return new()
        {
            ResourceType = resourceType,
            Resource = resource,
            Entitlement = ReadText(flags, OfEntitlement),
            Role = ReadText(flags, OfRole),
            PrincipalType = principalType,
            Principal = ReadText(flags, ToPrincipal),
            Since = ReadText(flags, Since),
        };
    }

    public static (string? Type, string? Id) ReadReference(FlagValues flags, StringFlag typeFlag, StringFlag idFlag)
    {
        var type = flags.Get(typeFlag) is { Length: > 0 } given ? given : null;
        var id = ReadText(flags, idFlag);
        if (id is null || type is not null)
        {
            // Upstream's --resource is the bare id, and ours may also be type:id, next to the same type.
            return (type, id is not null && type is not null && id.StartsWith($"{type}:", StringComparison.Ordinal) ? id[(type.Length + 1)..] : id);
        }

        return id.Split(':', 2) is [{ Length: > 0 } left, { Length: > 0 } right]
            ? (left, right)
            : throw new UsageException($"--{idFlag.Name} \"{id}\" is of no type: give --{typeFlag.Name} as well, or write type:id");
    }

    /// <summary>The value; null when it was not given.</summary>
    // An empty value, as from a script's unset variable, must not list everything.
    public static string? ReadText(FlagValues flags, StringFlag flag)
        => !flags.IsSet(flag.Name) ? null : flags.Get(flag) is { Length: > 0 } text ? text : throw new UsageException($"--{flag.Name} is empty");
}
