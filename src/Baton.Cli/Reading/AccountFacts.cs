using Baton.Cli.Evidence;
using Baton.Cli.Review;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Reading;

/// <summary>
/// What tables say of somebody: the same as a review does, but that what is unknown is left empty. Read out of the messages once, since a
/// trait is decoded every time that it is asked for.
/// </summary>
internal sealed record AccountFacts
{
    public static AccountFacts Nobody { get; } = new();

    /// <summary>The display name: what other tables list it by.</summary>
    public string Name { get; private init; } = "";

    public string Login { get; private init; } = "";

    public string Email { get; private init; } = "";

    /// <summary><c>enabled</c>, <c>disabled</c> or <c>deleted</c>; empty where the file does not say.</summary>
    public string Status { get; private init; } = "";

    /// <summary><c>human</c>, <c>service</c> or <c>system</c>.</summary>
    public string Type { get; private init; } = "";

    /// <summary>The day, or <c>never</c>; empty where the file does not say.</summary>
    public string LastSeen { get; private init; } = "";

    public string Created { get; private init; } = "";

    /// <param name="synced">When the source was read: some systems date "never" long before that.</param>
    public static AccountFacts Of(Resource? resource, DateTimeOffset synced)
        => resource is null ? Nobody : Of(resource, new AccountReading(synced).Read(resource, resource.Id?.ResourceType ?? "", type: null));

    private static AccountFacts Of(Resource resource, Account account) => new()
    {
        Name = Facts.Name(resource),
        Login = account.Login,
        Email = account.Email,
        Status = account.Status == AccountStatus.Unknown ? "" : Words.Of(account.Status),
        Type = account.Kind == AccountKind.Unknown ? "" : Words.Of(account.Kind),
        LastSeen = account.LastSeen.Quality switch
        {
            LastSeenQuality.Observed => Words.Date(account.LastSeen.Time),
            LastSeenQuality.Never => Words.Of(LastSeenQuality.Never),
            _ => "",
        },
        Created = Words.Date(account.Created),
    };
}

/// <summary>The facts of the row that is being printed, whose columns ask for them one after the other.</summary>
internal sealed class RecentAccount(DateTimeOffset synced)
{
    private Resource? _resource;
    private AccountFacts _facts = AccountFacts.Nobody;

    public AccountFacts Of(Resource? resource)
    {
        if (!ReferenceEquals(resource, _resource))
        {
            _facts = AccountFacts.Of(resource, synced);
            _resource = resource;
        }

        return _facts;
    }
}
