using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Exports;

/// <summary>Who a row of the sheet is about.</summary>
public sealed record Identity
{
    public required AccountFacts Account { get; init; }

    /// <summary>Written <c>type:id</c>.</summary>
    public required string Id { get; init; }

    public required string LastName { get; init; }

    public required string FirstName { get; init; }

    public required string UserId { get; init; }

    /// <summary>In upstream's words. What the file does not say is unknown: upstream takes it for enabled.</summary>
    public string Status => Account.Status switch
    {
        "enabled" => "Enabled",
        // Upstream knows no more of who cannot sign in.
        "disabled" or "pending" or "revoked" => "Disabled",
        "deleted" => "Deleted",
        _ => "Unknown",
    };

    /// <summary>Whether it carries what the resources of accounts carry.</summary>
    public required bool HasTrait { get; init; }

    public static Identity Of(Resource resource, DateTimeOffset synced)
    {
        var trait = Facts.Trait<UserTrait>(resource);
        var profile = Facts.Profile(resource, trait);
        return new()
        {
            Account = AccountFacts.Of(resource, trait, synced),
            HasTrait = trait is not null,
            Id = Facts.Reference(resource.Id),
            LastName = Facts.ProfileText(profile, "last_name") is { Length: > 0 } last ? last : trait?.StructuredName?.FamilyName ?? "",
            FirstName = Facts.ProfileText(profile, "first_name") is { Length: > 0 } first ? first : trait?.StructuredName?.GivenName ?? "",
            UserId = Facts.ProfileText(profile, "user_id"),
        };
    }
}
