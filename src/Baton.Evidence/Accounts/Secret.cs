using Baton.Evidence.Findings;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Accounts;

/// <summary>A token or key, which acts for an account.</summary>
public sealed record Secret(
    string TypeId, string Id, string Name, string Owner, DateTimeOffset? Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed)
{
    /// <summary>Null when the resource is no secret.</summary>
    public static Secret? Of(Resource resource)
    {
        if (Facts.Trait<SecretTrait>(resource) is not { } trait)
        {
            return null;
        }

#pragma warning disable CS0612
        var created = StoredTime.Read(resource.CreatedAt) ?? StoredTime.Read(trait.CreatedAt);
#pragma warning restore CS0612
        return new(
            resource.Id?.ResourceType ?? "",
            resource.Id?.Resource ?? "",
            Facts.Name(resource),
            Facts.Reference(trait.IdentityId ?? trait.CreatedById),
            created,
            StoredTime.Read(trait.ExpiresAt),
            StoredTime.Read(trait.LastUsedAt));
    }

    public FlagSet Flags(DateTimeOffset now, int dormantDays)
    {
        var flags = Expires is not { } end ? FlagSet.None.With(FindingCode.TokenNoExpiry)
            : end < now ? FlagSet.None.With(FindingCode.TokenExpired)
            : FlagSet.None;
        return LastUsed is { } used && (now - used).TotalDays > dormantDays ? flags.With(FindingCode.TokenUnused) : flags;
    }
}
