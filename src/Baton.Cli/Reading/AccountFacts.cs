using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Reading;

/// <summary>What tables say of somebody, read out of the messages once: a trait is decoded every time that it is asked for.</summary>
internal sealed record AccountFacts
{
    public static AccountFacts Nobody { get; } = new();

    public string Name { get; private init; } = "";

    public string Login { get; private init; } = "";

    public string Email { get; private init; } = "";

    /// <summary><c>enabled</c>, <c>disabled</c> or <c>deleted</c>; empty where the file does not say.</summary>
    public string Status { get; private init; } = "";

    public string Type { get; private init; } = "";

    /// <summary>The day, or <c>never</c>; empty where the file does not say.</summary>
    public string LastSeen { get; private init; } = "";

    public string Created { get; private init; } = "";

    public static AccountFacts Of(Resource? resource) => resource is null ? Nobody : Of(resource, Facts.Trait<UserTrait>(resource));

    public static AccountFacts Of(Resource resource, UserTrait? trait)
    {
        var profile = Facts.Profile(resource, trait);
#pragma warning disable CS0612 // Deprecated, and still what older files have.
        var created = resource.CreatedAt ?? trait?.CreatedAt;
#pragma warning restore CS0612
        return new()
        {
            Name = Facts.Name(resource),
            Login = trait is { Login.Length: > 0 } ? trait.Login : Facts.ProfileText(profile, "login"),
            Email = Facts.Email(trait),
            Status = Facts.Status(resource, trait),
            Type = Facts.AccountType(trait),

            // Our connector keeps what Grafana said; without a sign-in that is a time which means none.
            LastSeen = trait?.LastLogin is { } seen ? Facts.Day(seen) : Facts.ProfileText(profile, "last_seen_at").Length > 0 ? "never" : "",
            Created = Facts.Day(created),
        };
    }
}

/// <summary>The facts of the row that is being printed, whose columns ask for them one after the other.</summary>
internal sealed class RecentAccount
{
    private Resource? _resource;
    private AccountFacts _facts = AccountFacts.Nobody;

    public AccountFacts Of(Resource? resource)
    {
        if (!ReferenceEquals(resource, _resource))
        {
            _facts = AccountFacts.Of(resource);
            _resource = resource;
        }

        return _facts;
    }
}
