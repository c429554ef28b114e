namespace Podium.SignIn.Access;

/// <summary>One line of <see cref="AccessTable"/>.</summary>
/// <param name="Method">The HTTP method; <c>*</c> for all.</param>
/// <param name="Route">The endpoint's route pattern as it is written there; <c>/**</c> at its end covers a folder.</param>
/// <param name="Who">Who may.</param>
/// <param name="Condition">
/// Who may besides, in words: everybody who is signed in comes through then, and the endpoint itself finds out what that person has to do with the thing.
/// </param>
internal sealed record AccessRule(string Method, string Route, Who Who, string? Condition = null)
{
    private const string Below = "/**";

    public bool Covers(string method, string route)
        => (Method == "*" || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && (Route.EndsWith(Below, StringComparison.Ordinal)
                ? route.StartsWith(Route[..^2], StringComparison.OrdinalIgnoreCase)
                : route.Equals(Route, StringComparison.OrdinalIgnoreCase));

    /// <param name="caller">Null for nobody.</param>
    public bool Admits(Caller? caller) => Who.Kind switch
    {
        WhoKind.Anybody or WhoKind.ConnectorToken => true,
        WhoKind.SignedIn => caller is not null,
        WhoKind.Roles => caller is not null && (Condition is not null || caller.Roles.Overlaps(Who.Roles)),
        _ => false,
    };
}
