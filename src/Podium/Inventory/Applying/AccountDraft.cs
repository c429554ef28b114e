using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;
using Podium.Data;

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

    public SignInKind SignIn { get; init; }

    public bool? HasMfa { get; init; }

    public bool IsAdministrator { get; init; }

    public Moment? SourceCreatedAt { get; init; }

    public string Profile { get; init; } = "{}";

    public LastSeenQuality LastSeenQuality { get; init; }

    public Moment? LastSeenAt { get; init; }

    /// <param name="reading">Of the file: it judges last-seen times by when the file was made.</param>
    public static AccountDraft Of(Resource resource, KnownType type, AccountReading reading)
    {
        var user = Facts.Trait<UserTrait>(resource);
        var account = reading.Read(resource, user, type.ExternalId, type.Message);
        var name = RowHash.Text(account.Name);
        var login = RowHash.Text(account.Login);
        var email = RowHash.Text(account.Email);
        return new()
        {
            DisplayName = name,
            SortName = SearchableText.Of(name),
            SearchText = SearchableText.Of(name, email, login, RowHash.Text(resource.Id?.Resource ?? "")),
            Login = login,
            Email = email,
            Kind = account.Kind,
            Status = account.Status,
            SignIn = account.SignIn,
            HasMfa = account.HasMfa,
            IsAdministrator = account.IsServerAdmin,
            SourceCreatedAt = account.Created is { } created ? Moment.From(created) : null,
            Profile = ProfileJson.Of(Baton.Evidence.Accounts.Profile.Of(resource, user), LastSeenKeys),
            LastSeenQuality = account.LastSeen.Quality,
            LastSeenAt = account.LastSeen.IsObserved ? Moment.From(account.LastSeen.Time) : null,
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
}
