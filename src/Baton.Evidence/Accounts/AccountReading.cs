using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using UserStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Evidence.Accounts;

/// <summary>
/// Makes an account of a resource. What the resource says itself goes before what its traits say: connectors fill the one or the other,
/// and the SDK fills up a trait's status with "enabled".
/// </summary>
public sealed class AccountReading(DateTimeOffset synced)
{
    public Principal Read(Resource resource, string typeId, ResourceType? type)
        => Read(resource, Facts.Trait<UserTrait>(resource), typeId, type);

    /// <param name="user">The user trait of the resource, which is costly to decode twice.</param>
    public Principal Read(Resource resource, UserTrait? user, string typeId, ResourceType? type)
    {
        var agent = Facts.Trait<AgentTrait>(resource);
        var profile = Profile.Of(resource, user);
        var created = Created(resource, user, profile);
        var (status, conflict) = StatusOf(resource, user, agent);
        var login = LoginOf(user, profile);
        return new()
        {
            TypeId = typeId,
            Id = resource.Id?.Resource ?? "",
            Name = Name(resource, profile, login),
            Login = login,
            Email = Shared(EmailOf(user, profile), login),
            
            // An offer that nobody took is nobody's account yet.
            Kind = status == AccountStatus.Pending ? AccountKind.Unknown : Kind(resource, user, agent, type),
            Status = status,
            HasStatusConflict = conflict,
            LastSeen = Seen(user, profile, created),
            Created = created,
            SignIn = SignInOf(user, profile),
            HasMfa = user?.MfaStatus?.MfaEnabled,
            IsServerAdmin = RulesOverServer(profile),
        };
    }

    /// <summary>Where a profile says that the account rules over the whole target system; the first that is there counts.</summary>
    public static IReadOnlyList<string> ServerAdministratorKeys { get; } = ["is_grafana_admin", "is_server_admin"];

    public static bool RulesOverServer(Resource resource) => RulesOverServer(Profile.Of(resource));

    private static bool RulesOverServer(Profile profile) => ServerAdministratorKeys.Select(key => profile.Flag(key)).FirstOrDefault(flag => flag is not null) ?? false;

    /// <summary>One that grants name, and the sync does not hold.</summary>
    public static Principal Missing(string typeId, string id) => new()
    {
        TypeId = typeId,
        Id = id,
        Name = $"MISSING RESOURCE ({typeId}:{id})",
        IsMissing = true,
    };

    /// <summary>The status, and whether the trait says another one.</summary>
    public static (AccountStatus Status, bool Conflict) StatusOf(Resource resource)
        => StatusOf(resource, Facts.Trait<UserTrait>(resource), Facts.Trait<AgentTrait>(resource));

    /// <summary>The status in words; empty where the file does not say.</summary>
    public static string StatusText(Resource resource) => StatusOf(resource).Status is var status && status == AccountStatus.Unknown ? "" : Words.Of(status);

    private static string Name(Resource resource, Profile profile, string login)
    {
        var full = profile.Text("full_name", "fullName", "name");
        var parts = $"{profile.Text("first_name", "firstName")} {profile.Text("last_name", "lastName")}".Trim();
        return full.Length > 0 ? Shared(full, login) : parts.Length > 0 ? parts : Shared(Facts.Name(resource), login);
    }

    // One copy of a text that stands for two things.
    private static string Shared(string text, string other) => text == other ? other : text;

    private static string LoginOf(UserTrait? user, Profile profile)
        => user?.Login is { Length: > 0 } own ? own : profile.Text("login", "username", "user_name", "userName");

    private static string EmailOf(UserTrait? user, Profile profile)
    {
        var emails = user?.Emails;
        var address = (emails?.FirstOrDefault(email => email.IsPrimary) ?? emails?.FirstOrDefault())?.Address ?? "";
        return address.Length > 0 ? address : profile.Text("email", "mail") is { } text && text.Contains('@', StringComparison.Ordinal) ? text : "";
    }

    private static AccountKind Kind(Resource resource, UserTrait? user, AgentTrait? agent, ResourceType? type)
    {
        switch (user?.AccountType)
        {
            case UserTrait.Types.AccountType.Human:
                return Facts.Trait<NonHumanIdentityTrait>(resource) is null ? AccountKind.Human : AccountKind.Service;
            case UserTrait.Types.AccountType.Service:
                return AccountKind.Service;
            case UserTrait.Types.AccountType.System:
                return AccountKind.System;
        }

        if (agent is not null || Facts.Trait<NonHumanIdentityTrait>(resource) is not null)
        {
            return AccountKind.Service;
        }

        var traits = type?.Traits;
        return traits is null || user is not null || traits.Contains(ResourceType.Types.Trait.User) ? AccountKind.Unknown
            : traits.Contains(ResourceType.Types.Trait.App) || traits.Contains(ResourceType.Types.Trait.Agent) ? AccountKind.Service
            : AccountKind.Group;
    }

    private static (AccountStatus Status, bool Conflict) StatusOf(Resource resource, UserTrait? user, AgentTrait? agent)
    {
        var own = resource.Status?.Status_ switch
        {
            ResourceStatus.Enabled => AccountStatus.Enabled,
            ResourceStatus.Disabled => WhyDisabled(resource.Status.Details),
            ResourceStatus.Deleted => AccountStatus.Deleted,
            _ => AccountStatus.Unknown,
        };
#pragma warning disable CS0612
        var ofTrait = user?.Status?.Status_ switch
        {
            UserStatus.Enabled => AccountStatus.Enabled,
            UserStatus.Disabled => WhyDisabled(user.Status.Details),
            UserStatus.Deleted => AccountStatus.Deleted,
            _ => agent?.Status switch
            {
                AgentTrait.Types.AgentStatus.Ready => AccountStatus.Enabled,
                AgentTrait.Types.AgentStatus.Disabled => AccountStatus.Disabled,
                AgentTrait.Types.AgentStatus.Deleted => AccountStatus.Deleted,
                _ => AccountStatus.Unknown,
            },
        };
#pragma warning restore CS0612
        return own == AccountStatus.Unknown
            ? (ofTrait, false)
            : (own, ofTrait != AccountStatus.Unknown && ofTrait != own && !(ofTrait == AccountStatus.Disabled && own is (AccountStatus.Pending or AccountStatus.Revoked)));
    }

    // The protocol has no status of its own for these: connectors say in the details what it means that nobody can sign in.
    private static AccountStatus WhyDisabled(string details)
        => details.StartsWith("pending", StringComparison.OrdinalIgnoreCase) ? AccountStatus.Pending
            : details.StartsWith("revoked", StringComparison.OrdinalIgnoreCase) ? AccountStatus.Revoked
            : AccountStatus.Disabled;

    private static DateTimeOffset? Created(Resource resource, UserTrait? user, Profile profile)
    {
#pragma warning disable CS0612
        return StoredTime.Read(resource.CreatedAt) ?? StoredTime.Read(user?.CreatedAt) ?? profile.Time("created_at", "createdAt");
#pragma warning restore CS0612
    }

    private LastSeen Seen(UserTrait? user, Profile profile, DateTimeOffset? created)
        => (StoredTime.Read(user?.LastLogin) ?? profile.Time("last_seen_at", "lastSeenAt", "last_login", "lastLogin")) is { } time
            ? LastSeen.Of(time, created, synced)
            : LastSeen.Unknown;

    private static SignInKind SignInOf(UserTrait? user, Profile profile)
    {
        var external = profile.Flag("is_external") ?? profile.Flag("is_externally_synced") ?? user?.SsoStatus?.SsoEnabled;
        return profile.Text("auth_labels").Length > 0 || external == true ? SignInKind.Managed
            : external == false ? SignInKind.Local
            : SignInKind.Unknown;
    }
}
