using System.Globalization;
using Baton.Grafana.Api;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using UserStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Grafana.Accounts;

/// <summary>An account as a resource. The profile keys are a contract: upstream's, and some more.</summary>
internal static class AccountResource
{
    /// <summary>
    /// Who never signed in was last seen ten years before the account was made. Grafana keeps that convention. Where it does not tell when
    /// that was, anybody seen that long ago was never seen.
    /// </summary>
    private static readonly TimeSpan Never = TimeSpan.FromDays(9.9 * 365.25);

    public static ResourceId IdOf(long id) => Ids.Resource(UserSyncer.TypeId, id.ToString(CultureInfo.InvariantCulture));

    public static Resource Make(Account account, DateTimeOffset now)
    {
        var profile = Profile(account);
        var resource = new Resource
        {
            Id = IdOf(account.Id),
            DisplayName = account.Login,
            Profile = profile,
        };
        var trait = Trait(account, profile, now);
        if (account.IsDisabled is { } disabled)
        {
            resource.Status = new Protocol.Connector.V2.Status { Status_ = disabled ? ResourceStatus.Disabled : ResourceStatus.Enabled };
        }

        if (Time(account.CreatedAt) is { } created)
        {
            resource.CreatedAt = created;
        }

        resource.Annotations.Add(Annotations.Of(trait));
        return resource;
    }

    private static UserTrait Trait(Account account, Struct profile, DateTimeOffset now)
    {
        var trait = new UserTrait { AccountType = UserTrait.Types.AccountType.Human, Login = account.Login };

        // Older readers and the platform look for these in the trait; newer ones on the resource, where they are too.
#pragma warning disable CS0612
        trait.Profile = profile;
        trait.Status = new UserTrait.Types.Status { Status_ = Status(account.IsDisabled) };
#pragma warning restore CS0612

        // Grafana fills a missing e-mail with the login, which is then no address.
        if (EmailRules.IsValid(account.Email))
        {
            trait.Emails.Add(new UserTrait.Types.Email { Address = account.Email, IsPrimary = true });
            if (account.Email != account.Login)
            {
                trait.LoginAliases.Add(account.Email);
            }
        }

        if (Time(account.LastSeenAt) is { } seen
            && (Time(account.CreatedAt) is { } created ? seen.ToDateTimeOffset() >= created.ToDateTimeOffset() : now - seen.ToDateTimeOffset() < Never))
        {
            trait.LastLogin = seen;
        }

        return trait;
    }

    private static Struct Profile(Account account)
    {
        var profile = new Struct();
        var fields = profile.Fields;
        fields["full_name"] = Value.ForString(account.Name);
        fields["login"] = Value.ForString(account.Login);
        fields["user_id"] = Value.ForNumber(account.Id);
        fields["email"] = Value.ForString(account.Email);
        Add("is_externally_synced", account.IsExternallySynced);
        if (account.AuthLabels.Count > 0)
        {
            fields["auth_labels"] = Value.ForString(string.Join("; ", account.AuthLabels));
        }

        if (!string.IsNullOrEmpty(account.Uid))
        {
            fields["uid"] = Value.ForString(account.Uid);
        }

        Add("is_grafana_admin", account.IsServerAdmin);
        Add("is_external", account.IsExternal);
        Add("is_provisioned", account.IsProvisioned);
        if (!string.IsNullOrEmpty(account.LastSeenAt))
        {
            fields["last_seen_at"] = Value.ForString(account.LastSeenAt);
        }

        return profile;

        void Add(string key, bool? flag)
        {
            if (flag is { } known)
            {
                fields[key] = Value.ForBool(known);
            }
        }
    }

    private static UserStatus Status(bool? disabled) => disabled switch
    {
        true => UserStatus.Disabled,
        false => UserStatus.Enabled,
        null => UserStatus.Unspecified,
    };

    private static Timestamp? Time(string? text) => GrafanaTime.Parse(text)?.ToTimestamp();
}
