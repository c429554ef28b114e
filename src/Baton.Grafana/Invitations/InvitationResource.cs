using System.Globalization;
using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Resource = Baton.Protocol.Connector.V2.Resource;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using UserStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;
using UserTrait = Baton.Protocol.Connector.V2.UserTrait;

namespace Baton.Grafana.Invitations;

/// <summary>
/// A pending invitation as a resource: an account to be, neither enabled nor disabled, and nobody yet. Neither the code nor the link is part of it: whoever has
/// them can take the account.
/// </summary>
internal static class InvitationResource
{
    private const string Details = "pending invitation";

    public static Resource Make(GrafanaInvite invite, Organization organization)
    {
        var profile = Profile(invite, organization);
        var resource = new Resource
        {
            Id = Ids.Resource(InvitationSyncer.TypeId, invite.Id.ToString(CultureInfo.InvariantCulture)),
            DisplayName = string.IsNullOrEmpty(invite.Email) ? $"invitation {invite.Id}" : invite.Email,
            Profile = profile,
            Status = new() { Status_ = ResourceStatus.Unspecified, Details = Details },
        };
        if (CreatedAt(invite) is { } created)
        {
            resource.CreatedAt = created.ToTimestamp();
        }

        resource.Annotations.Add(Annotations.Of(Trait(invite, profile)));
        return resource;
    }

    private static UserTrait Trait(GrafanaInvite invite, Struct profile)
    {
        var trait = new UserTrait { AccountType = UserTrait.Types.AccountType.Unspecified };

        // As with accounts: older readers and the platform look for these in the trait.
#pragma warning disable CS0612
        trait.Profile = profile;
        trait.Status = new UserTrait.Types.Status { Status_ = UserStatus.Unspecified, Details = Details };
#pragma warning restore CS0612
        if (EmailRules.IsValid(invite.Email ?? ""))
        {
            trait.Emails.Add(new UserTrait.Types.Email { Address = invite.Email, IsPrimary = true });
        }

        return trait;
    }

    private static Struct Profile(GrafanaInvite invite, Organization organization)
    {
        var profile = new Struct();
        var fields = profile.Fields;
        fields["email"] = Value.ForString(invite.Email ?? "");
        fields["name"] = Value.ForString(invite.Name ?? "");
        fields["role"] = Value.ForString(invite.Role ?? "");
        fields["org_id"] = Value.ForString(organization.Id.ToString(CultureInfo.InvariantCulture));
        if (CreatedAt(invite) is not null)
        {
            fields["created_on"] = Value.ForString(invite.CreatedOn);
        }

        if (invite.EmailSent is { } sent)
        {
            fields["email_sent"] = Value.ForBool(sent);
        }

        // Whom a token invited, nobody did.
        if (!string.IsNullOrEmpty(invite.InvitedByLogin))
        {
            fields["invited_by_login"] = Value.ForString(invite.InvitedByLogin);
        }

        return profile;
    }

    private static DateTimeOffset? CreatedAt(GrafanaInvite invite)
        => DateTimeOffset.TryParse(invite.CreatedOn, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1 ? time : null;
}
