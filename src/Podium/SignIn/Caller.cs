using Podium.Audit;
using Podium.Data;

namespace Podium.SignIn;

/// <summary>Who makes a request: a person by a session, or a key of that person.</summary>
/// <param name="Roles">What counts now; of a key, what the key was limited to.</param>
/// <param name="SessionId">Null for a key.</param>
/// <param name="ClientId">The key's; null for a session.</param>
/// <param name="FreshUntil">Until then a session may do what wants a fresh proof; null for a key, which never may.</param>
internal sealed record Caller(
    long PersonId,
    Ksuid PublicId,
    string DisplayName,
    string Email,
    IReadOnlySet<Role> Roles,
    long? SessionId,
    string? ClientId,
    string? Address,
    Moment? FreshUntil)
{
    public bool MayViewAll => Is(Role.SuperAdministrator) || Is(Role.ReadOnlyAdministrator);

    public Actor Actor => new(ActorKind.Person, PersonId, ClientId, Address);

    public bool Is(Role role) => Roles.Contains(role);

    public bool IsFresh(Moment now) => FreshUntil > now;
}

internal static class CallerExtensions
{
    /// <summary>Null when nobody is signed in.</summary>
    public static Caller? Caller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>For endpoints that <see cref="Access.AccessTable"/> lets nobody else into.</summary>
    /// <exception cref="InvalidOperationException">The table let a stranger in.</exception>
    public static Caller SignedInCaller(this HttpContext context)
        => context.Caller() ?? throw new InvalidOperationException("this endpoint needs somebody who is signed in, and the access table does not say so");
}
