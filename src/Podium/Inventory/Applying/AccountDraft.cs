using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using Podium.Data;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using UserStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Podium.Inventory.Applying;

/// <summary>An account as a message of the file has it, ready to be stored.</summary>
internal sealed record AccountDraft
{
    private static readonly string[] LastSeenKeys = ["last_seen_at", "lastSeenAt", "last_login", "lastLogin"];

    public required string DisplayName { get; init; }

    public required string SortName { get; init; }

    public required string SearchText { get; init; }

    public string Login { get; init; } = "";

    public string Email { get; init; } = "";

    public AccountKind Kind { get; init; }

    public AccountStatus Status { get; init; }

    public SignIn SignIn { get; init; }

    public bool? HasMfa { get; init; }

    public bool IsAdministrator { get; init; }

    public Moment? SourceCreatedAt { get; init; }

    public string Profile { get; init; } = "{}";

    public LastSeenQuality LastSeenQuality { get; init; }

    public Moment? LastSeenAt { get; init; }

    /// <param name="type">Null when the file does not list the type.</param>
    /// <param name="synced">When the file was made, which is what last-seen times are judged by.</param>
    public static AccountDraft Of(Resource resource, KnownType type, DateTimeOffset synced)
    {
        var user = MessageFacts.Trait<UserTrait>(resource);
        var agent = MessageFacts.Trait<AgentTrait>(resource);
#pragma warning disable CS0612 // Deprecated, and what many connectors fill.
        var profile = resource.Profile ?? user?.Profile ?? agent?.Profile ?? MessageFacts.Trait<GroupTrait>(resource)?.Profile;
        var created = MessageFacts.Time(resource.CreatedAt) ?? MessageFacts.Time(user?.CreatedAt) ?? TimeIn(profile, "created_at", "createdAt");
#pragma warning restore CS0612
        var login = RowHash.Text(user?.Login is { Length: > 0 } own ? own : TextIn(profile, "login", "username", "user_name", "userName"));
        var email = RowHash.Text(EmailOf(user, profile));
        var full = TextIn(profile, "full_name", "fullName", "name");
        var name = full.Length > 0 ? RowHash.Text(full) : MessageFacts.Name(resource);
        var (quality, seen) = Seen(user, profile, created, synced);
        return new()
        {
            DisplayName = name,
            SortName = SearchableText.Of(name),
            SearchText = SearchableText.Of(name, email, login, RowHash.Text(resource.Id?.Resource ?? "")),
            Login = login,
            Email = email,
            Kind = KindOf(resource, user, agent, type),
            Status = StatusOf(resource, user, agent),
            SignIn = SignInOf(user, profile),
            HasMfa = user?.MfaStatus?.MfaEnabled,
            IsAdministrator = FlagIn(profile, "is_grafana_admin") ?? FlagIn(profile, "is_server_admin") ?? false,
            SourceCreatedAt = created,
            Profile = ProfileJson.Of(profile, LastSeenKeys),
            LastSeenQuality = quality,
            LastSeenAt = seen,
        };
    }

    /// <summary>Of one that grants name and the file does not list.</summary>
    public static AccountDraft Placeholder(string type, string id)
    {
        var name = $"{type}:{id}";
        return new() { DisplayName = name, SortName = SearchableText.Of(name), SearchText = SearchableText.Of(name) };
    }

    /// <summary>Over everything that has a history.</summary>
    public UInt128 HashWith(RowHash hash) => hash.Build()
        .Add(DisplayName).Add(Login).Add(Email).Add((long)Kind).Add((long)Status).Add((long)SignIn).Add(HasMfa).Add(IsAdministrator)
        .Add(SourceCreatedAt?.Microseconds).Add(Profile).End();

    private static AccountKind KindOf(Resource resource, UserTrait? user, AgentTrait? agent, KnownType type) => user?.AccountType switch
    {
        UserTrait.Types.AccountType.Service => AccountKind.Service,
        UserTrait.Types.AccountType.System => AccountKind.System,
        _ when agent is not null || MessageFacts.Trait<NonHumanIdentityTrait>(resource) is not null => AccountKind.Service,
        UserTrait.Types.AccountType.Human => AccountKind.Human,
        _ when user is not null || type.HoldsAccounts => AccountKind.Unknown,
        _ => AccountKind.Group,
    };

    private static AccountStatus StatusOf(Resource resource, UserTrait? user, AgentTrait? agent) => resource.Status?.Status_ switch
    {
        ResourceStatus.Enabled => AccountStatus.Enabled,
        ResourceStatus.Disabled => AccountStatus.Disabled,
        ResourceStatus.Deleted => AccountStatus.Deleted,
#pragma warning disable CS0612
        _ => user?.Status?.Status_ switch
        {
            UserStatus.Enabled => AccountStatus.Enabled,
            UserStatus.Disabled => AccountStatus.Disabled,
            UserStatus.Deleted => AccountStatus.Deleted,
            _ => agent?.Status switch
            {
                AgentTrait.Types.AgentStatus.Ready => AccountStatus.Enabled,
                AgentTrait.Types.AgentStatus.Disabled => AccountStatus.Disabled,
                AgentTrait.Types.AgentStatus.Deleted => AccountStatus.Deleted,
                _ => AccountStatus.Unknown,
            },
        },
#pragma warning restore CS0612
    };

    private static string EmailOf(UserTrait? user, Struct? profile)
    {
        var address = (user?.Emails.FirstOrDefault(email => email.IsPrimary) ?? user?.Emails.FirstOrDefault())?.Address ?? "";
        return address.Length > 0 ? address : TextIn(profile, "email", "mail") is { } text && text.Contains('@', StringComparison.Ordinal) ? text : "";
    }

    private static (LastSeenQuality Quality, Moment? At) Seen(UserTrait? user, Struct? profile, Moment? created, DateTimeOffset synced)
    {
        if ((MessageFacts.Time(user?.LastLogin) ?? TimeIn(profile, LastSeenKeys)) is not { } at)
        {
            return (LastSeenQuality.Unknown, null);
        }

        // Grafana dates who never signed in ten years before the account was made.
        var time = at.ToDateTimeOffset();
        var standsForNever = time.Year < 2014
            || synced - time >= TimeSpan.FromDays(9.5 * 365.25)
            || (created is { } made && (made.ToDateTimeOffset().AddYears(-10) - time).Duration() <= TimeSpan.FromDays(1));
        return standsForNever ? (LastSeenQuality.Never, null) : (LastSeenQuality.Observed, at);
    }

    private static SignIn SignInOf(UserTrait? user, Struct? profile)
    {
        var external = FlagIn(profile, "is_external") ?? FlagIn(profile, "is_externally_synced") ?? user?.SsoStatus?.SsoEnabled;
        return TextIn(profile, "auth_labels").Length > 0 || external == true ? SignIn.Managed
            : external == false ? SignIn.Local
            : SignIn.Unknown;
    }

    private static string TextIn(Struct? profile, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (profile is not null && profile.Fields.TryGetValue(key, out var value) && value is { HasStringValue: true, StringValue.Length: > 0 })
            {
                return value.StringValue;
            }
        }

        return "";
    }

    private static bool? FlagIn(Struct? profile, string key)
        => profile is not null && profile.Fields.TryGetValue(key, out var value)
            ? value.HasBoolValue ? value.BoolValue : bool.TryParse(value.StringValue, out var flag) ? flag : null
            : null;

    private static Moment? TimeIn(Struct? profile, params ReadOnlySpan<string> keys)
        => DateTimeOffset.TryParse(TextIn(profile, keys), null, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1
            ? Moment.From(time)
            : null;
}
