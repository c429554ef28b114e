using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Accounts;

/// <summary>
/// What tables say of somebody: the same as a review does, but that what is unknown is left empty. Read out of the messages once, since a
/// trait is decoded every time that it is asked for.
/// </summary>
public sealed record AccountFacts
{
    private AccountStatus _status;
    private AccountKind _kind;
    private LastSeen _lastSeen;
    private DateTimeOffset? _created;

    public static AccountFacts Nobody { get; } = new();

    /// <summary>The display name: what other tables list it by.</summary>
    public string Name { get; private init; } = "";

    public string Login { get; private init; } = "";

    public string Email { get; private init; } = "";

    /// <summary><c>enabled</c>, <c>disabled</c>, <c>deleted</c>, <c>pending</c> or <c>revoked</c>; empty where the file does not say.</summary>
    public string Status => _status == AccountStatus.Unknown ? "" : Words.Of(_status);

    /// <summary><c>human</c>, <c>service</c> or <c>system</c>.</summary>
    public string Type => _kind == AccountKind.Unknown ? "" : Words.Of(_kind);

    /// <summary>The day, or <c>never</c>; empty where the file does not say.</summary>
    public string LastSeen => _lastSeen.Quality switch
    {
        LastSeenQuality.Observed => Words.Date(_lastSeen.Time),
        LastSeenQuality.Never => Words.Of(LastSeenQuality.Never),
        _ => "",
    };

    public string Created => Words.Date(_created);

    /// <param name="synced">When the source was read: some systems date "never" long before that.</param>
    public static AccountFacts Of(Resource? resource, DateTimeOffset synced)
        => resource is null ? Nobody : Of(resource, Facts.Trait<UserTrait>(resource), synced);

    /// <param name="user">The user trait of the resource, which is costly to decode twice.</param>
    /// <param name="synced">As above.</param>
    public static AccountFacts Of(Resource resource, UserTrait? user, DateTimeOffset synced)
    {
        var account = new AccountReading(synced).Read(resource, user, resource.Id?.ResourceType ?? "", type: null);
        return new()
        {
            Name = Facts.Name(resource),
            Login = account.Login,
            Email = account.Email,
            _status = account.Status,
            _kind = account.Kind,
            _lastSeen = account.LastSeen,
            _created = account.Created,
        };
    }
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
