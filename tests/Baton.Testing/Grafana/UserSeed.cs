namespace Baton.Testing.Grafana;

/// <summary>An account to put into the instance as it stands, without going through any of the instance's rules.</summary>
public sealed record UserSeed(string Login)
{
    /// <summary>Null gives <c>login@example.com</c>; the empty string is an account without an address.</summary>
    public string? Email { get; init; }

    public string Name { get; init; } = "";

    public string Password { get; init; } = "s3cret-pass";

    public bool IsServerAdmin { get; init; }

    public bool IsDisabled { get; init; }

    /// <summary>The module of the last sign-in, as <c>oauth_github</c>, <c>auth.saml</c>, <c>ldap</c>; null for a local account.</summary>
    public string? AuthModule { get; init; }

    /// <summary>The identity provider decides who is a server administrator.</summary>
    public bool IsServerAdminExternallySynced { get; init; }

    /// <summary>Made by SCIM.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>Null is now.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Null is never: Grafana then says ten years before <see cref="Created"/>.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Null takes the next free id.</summary>
    public long? Id { get; init; }
}
