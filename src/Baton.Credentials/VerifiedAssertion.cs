namespace Baton.Credentials;

/// <summary>An assertion that proved who made it.</summary>
/// <param name="Name">Of this one among all of the client: its nonce, or the hash of its signature where it has none. At most 258 characters.</param>
/// <param name="Expires">Until when the name must be remembered; afterwards the assertion is refused for its age.</param>
public sealed record VerifiedAssertion(string Name, DateTimeOffset Expires);
