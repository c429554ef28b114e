using System.Collections.Frozen;

namespace Podium.SignIn.Access;

/// <summary>Who may come through to an endpoint.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Roles">For <see cref="WhoKind.Roles"/>: any of these.</param>
internal sealed record Who(WhoKind Kind, IReadOnlySet<Role> Roles)
{
    public static Who Nobody { get; } = new(WhoKind.Nobody, FrozenSet<Role>.Empty);

    public static Who Anybody { get; } = new(WhoKind.Anybody, FrozenSet<Role>.Empty);

    public static Who SignedIn { get; } = new(WhoKind.SignedIn, FrozenSet<Role>.Empty);

    public static Who ConnectorToken { get; } = new(WhoKind.ConnectorToken, FrozenSet<Role>.Empty);

    public static Who Of(params IEnumerable<Role> roles) => new(WhoKind.Roles, roles.ToFrozenSet());

    public override string ToString() => Kind switch
    {
        WhoKind.Roles => string.Join(", ", Roles.Order().Select(RoleNames.Of)),
        WhoKind.SignedIn => "everybody who is signed in",
        WhoKind.Anybody => "anybody",
        WhoKind.ConnectorToken => "connectors, by their token",
        _ => "nobody",
    };
}

internal enum WhoKind
{
    Nobody,
    Anybody,
    SignedIn,
    Roles,

    /// <summary>The endpoint checks a connector's token by itself; people have no business there.</summary>
    ConnectorToken,
}
