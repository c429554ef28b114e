using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Grants whose principals are found among another connector's identities, by a rule instead of an id.</summary>
internal static class ExternalMatching
{
    public static bool IsMatched(Grant grant)
        => Annotations.Has(grant.Annotations, ExternalResourceMatch.Descriptor)
        || Annotations.Has(grant.Annotations, ExternalResourceMatchAll.Descriptor)
        || Annotations.Has(grant.Annotations, ExternalResourceMatchID.Descriptor);

    /// <summary>The principals that the grant's rules choose. "All of a trait" excludes the other rules.</summary>
    public static IEnumerable<Resource> Choose(Grant grant, IReadOnlyList<ExternalPrincipal> principals)
    {
        var all = Annotations.All<ExternalResourceMatchAll>(grant.Annotations).ToList();
        if (all.Count > 0)
        {
            return principals.Where(principal => all.Exists(rule => principal.Traits.Contains(rule.ResourceType))).Select(principal => principal.Resource);
        }

        var ids = Annotations.All<ExternalResourceMatchID>(grant.Annotations).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var keys = Annotations.All<ExternalResourceMatch>(grant.Annotations).ToList();
        return principals
            .Where(principal => ids.Contains(principal.Resource.Id.Resource) || keys.Exists(rule => Matches(principal, rule)))
            .Select(principal => principal.Resource);
    }

    private static bool Matches(ExternalPrincipal principal, ExternalResourceMatch rule)
    {
        if (!principal.Traits.Contains(rule.ResourceType))
        {
            return false;
        }

        return ProfilesOf(principal.Resource).Any(profile =>
                profile.Fields.TryGetValue(rule.Key, out var value)
                && value.KindCase == Value.KindOneofCase.StringValue
                && string.Equals(value.StringValue, rule.Value, StringComparison.OrdinalIgnoreCase))
            || (rule.ResourceType == Trait.User
                && rule.Key == "email"
                && Annotations.All<UserTrait>(principal.Resource.Annotations)
                    .SelectMany(user => user.Emails)
                    .Any(email => string.Equals(email.Address, rule.Value, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<Struct> ProfilesOf(Resource resource)
    {
        if (resource.Profile is not null)
        {
            yield return resource.Profile;
        }

        // Files of older connectors have the profile in the trait only.
#pragma warning disable CS0612
        foreach (var user in Annotations.All<UserTrait>(resource.Annotations).Where(user => user.Profile is not null))
        {
            yield return user.Profile;
        }

        foreach (var group in Annotations.All<GroupTrait>(resource.Annotations).Where(group => group.Profile is not null))
        {
            yield return group.Profile;
        }
#pragma warning restore CS0612
    }
}

/// <summary>An identity of another connector, and the traits of its type.</summary>
internal sealed record ExternalPrincipal(Resource Resource, IReadOnlyCollection<Trait> Traits);
