using Baton.Evidence.Findings;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Accounts;

/// <summary>A token or key, which acts for an account.</summary>
public sealed record Secret(
    string TypeId, string Id, string Name, string Owner, DateTimeOffset? Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed)
{
    /// <summary>Unknown for one that was not taken back: sources say nothing of those.</summary>
    public AccountStatus Status { get; init; }

    /// <summary>Nobody can use it any more.</summary>
    public bool IsDisabled => Status is AccountStatus.Disabled or AccountStatus.Deleted or AccountStatus.Revoked;

    /// <summary>Null when the resource is not a secret.</summary>
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
            StoredTime.Read(trait.LastUsedAt))
        {
            Status = AccountReading.StatusOf(resource).Status,
        };
    }

    public FindingSet Flags(DateTimeOffset now, int dormantDays)
    {
        if (IsDisabled)
        {
            return FindingSet.None;
        }

        var flags = Expires is not { } end ? FindingSet.None.With(FindingCode.TokenNoExpiry)
            : end < now ? FindingSet.None.With(FindingCode.TokenExpired)
            : FindingSet.None;
        return LastUsed is { } used && (now - used).TotalDays > dormantDays ? flags.With(FindingCode.TokenUnused) : flags;
    }
}
