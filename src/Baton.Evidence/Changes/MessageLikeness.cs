using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Protocol;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Changes;

/// <summary>
/// Brings messages into a form in which equal ones are equal. Their bytes need not be: Go writes maps in any order, also inside of an
/// <c>Any</c>.
/// </summary>
internal static class MessageLikeness
{
    /// <summary>Profile keys that say when somebody was last seen.</summary>
    private static readonly string[] Noise = ["last_seen_at", "lastSeenAt", "lastSeenAtAge", "last_seen", "last_login"];

    public static bool AreAlike(Resource left, Resource right, Strictness strictness)
        => Core(left, strictness).Equals(Core(right, strictness))
            && HaveSameAnnotations(left.Annotations, right.Annotations, strictness)
            && (strictness == Strictness.Everything || AccountReading.StatusText(left) == AccountReading.StatusText(right));

    public static bool AreAlike(Entitlement left, Entitlement right, Strictness strictness)
        => Core(left, strictness).Equals(Core(right, strictness)) && HaveSameAnnotations(left.Annotations, right.Annotations, strictness);

    public static bool AreAlike(Grant left, Grant right, Strictness strictness)
        => Core(left, strictness).Equals(Core(right, strictness)) && HaveSameAnnotations(left.Annotations, right.Annotations, strictness);

    /// <summary>The annotations decoded, without noise, in the order of their types.</summary>
    public static IEnumerable<IMessage> Annotations(IEnumerable<Any> annotations, Strictness strictness)
        => annotations
            .Where(annotation => strictness == Strictness.Everything || !IsNoise(annotation))
            .OrderBy(annotation => annotation.TypeUrl, StringComparer.Ordinal)
            .Select(annotation => Quiet(Decode(annotation), strictness));

    /// <summary>The message without annotations, and in a diff without what merely repeats another row.</summary>
    public static Resource Core(Resource resource, Strictness strictness)
    {
        var core = resource.Clone();
        core.Annotations.Clear();
        if (strictness == Strictness.WithoutNoise)
        {
            // Connectors have moved these from the trait to the resource. It is the same fact in both places; the status is looked at by itself.
            var trait = Facts.Trait<UserTrait>(resource);
#pragma warning disable CS0612 // Deprecated, and what the files have that are out there.
            core.Profile ??= trait?.Profile;
            core.CreatedAt ??= trait?.CreatedAt;
            core.CreationSource = default;
#pragma warning restore CS0612
            core.Status = null;
            RemoveNoise(core.Profile);
        }

        return core;
    }

    public static Entitlement Core(Entitlement entitlement, Strictness strictness)
    {
        var core = entitlement.Clone();
        core.Annotations.Clear();
        if (strictness == Strictness.WithoutNoise)
        {
            core.Resource = OnlyId(core.Resource);
            var types = core.GrantableTo.Select(type => type.Id).Order(StringComparer.Ordinal).ToList();
            core.GrantableTo.Clear();
            core.GrantableTo.AddRange(types.Select(id => new ResourceType { Id = id }));
        }

        return core;
    }

    public static Grant Core(Grant grant, Strictness strictness)
    {
        var core = grant.Clone();
        core.Annotations.Clear();
        if (strictness == Strictness.WithoutNoise)
        {
            core.Entitlement = core.Entitlement is { } entitlement ? new Entitlement { Id = entitlement.Id, Resource = OnlyId(entitlement.Resource) } : null;
            core.Principal = OnlyId(core.Principal);
        }

        return core;
    }

    private static bool HaveSameAnnotations(IEnumerable<Any> left, IEnumerable<Any> right, Strictness strictness)
        => Annotations(left, strictness).SequenceEqual(Annotations(right, strictness));

    private static Resource? OnlyId(Resource? resource) => resource is null ? null : new() { Id = resource.Id };

    private static bool IsNoise(Any annotation) => annotation.TypeUrl.EndsWith("/c1.connector.v2.ETag", StringComparison.Ordinal);

    private static IMessage Decode(Any annotation)
    {
        try
        {
            MessageDescriptor? type = ProtocolTypes.Registry.Find(Any.GetTypeName(annotation.TypeUrl));
            return type is null ? annotation : type.Parser.ParseFrom(annotation.Value);
        }
        catch (InvalidProtocolBufferException)
        {
            // Not what it says it is: its bytes are all that can be compared.
            return annotation;
        }
    }

    private static IMessage Quiet(IMessage annotation, Strictness strictness)
    {
        if (strictness == Strictness.WithoutNoise && annotation is UserTrait trait)
        {
            trait.LastLogin = null;
#pragma warning disable CS0612
            trait.Profile = null;
            trait.CreatedAt = null;
            trait.Status = null;
#pragma warning restore CS0612
        }

        return annotation;
    }

    private static void RemoveNoise(Struct? profile) => Array.ForEach(Noise, key => profile?.Fields.Remove(key));
}

/// <summary>What counts as a difference between two messages.</summary>
internal enum Strictness
{
    /// <summary>Not what changes by itself with every sync: when somebody was last seen, and what a sync notes for itself.</summary>
    WithoutNoise,

    /// <summary>Everything.</summary>
    Everything,
}
