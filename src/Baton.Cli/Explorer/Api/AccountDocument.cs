namespace Baton.Cli.Explorer.Api;

/// <param name="Seen"><c>observed</c>, <c>never</c> or <c>unknown</c>.</param>
/// <param name="Days">From the last sign-in to the time that ages count to.</param>
internal sealed record AccountDocument(
    string Type,
    string TypeName,
    string Id,
    string Name,
    string Login,
    string Email,
    string Kind,
    string Status,
    string Seen,
    DateTime? LastSeen,
    int? Days,
    DateTime? Created,
    int Grants,
    RoleName? HighestRole,
    IReadOnlyList<string> Flags);

/// <summary>Names a resource, and what it is called.</summary>
internal sealed record Reference(string Type, string TypeName, string Id, string Name);

internal sealed record RoleName(string Id, string Name, bool Privileged);
