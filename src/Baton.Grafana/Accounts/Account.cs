using Baton.Grafana.Api;

namespace Baton.Grafana.Accounts;

/// <summary>An account, whichever endpoint told of it. What the endpoint does not know is null.</summary>
internal sealed record Account
{
    public required long Id { get; init; }

    public required string Login { get; init; }

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string? Uid { get; init; }

    public bool? IsDisabled { get; init; }

    public bool? IsServerAdmin { get; init; }

    public bool? IsExternal { get; init; }

    public bool? IsExternallySynced { get; init; }

    public bool? IsProvisioned { get; init; }

    public string? LastSeenAt { get; init; }

    public string? CreatedAt { get; init; }

    public IReadOnlyList<string> AuthLabels { get; init; } = [];

    public static Account Of(GrafanaUser user) => new()
    {
        Id = user.Id,
        Login = user.Login ?? "",
        Name = user.Name ?? "",
        Email = user.Email ?? "",
        Uid = user.Uid,
        IsDisabled = user.IsDisabled,
        IsServerAdmin = user.IsAdmin,
        IsExternal = user.IsExternal,
        IsExternallySynced = user.IsExternallySynced,
        IsProvisioned = user.IsProvisioned,
        LastSeenAt = user.LastSeenAt,
        CreatedAt = user.Created,
        AuthLabels = user.AuthLabels ?? [],
    };

    public static Account Of(GrafanaProfile user) => new()
    {
        Id = user.Id,
        Login = user.Login ?? "",
        Name = user.Name ?? "",
        Email = user.Email ?? "",
        Uid = user.Uid,
        IsDisabled = user.IsDisabled,
        IsServerAdmin = user.IsGrafanaAdmin,
        IsExternal = user.IsExternal,
        IsExternallySynced = user.IsExternallySynced,
        IsProvisioned = user.IsProvisioned,
        CreatedAt = user.CreatedAt,
        AuthLabels = user.AuthLabels ?? [],
    };

    public static Account Of(GrafanaMember member) => new()
    {
        Id = member.UserId,
        Login = member.Login ?? "",
        Name = member.Name ?? "",
        Email = member.Email ?? "",
        Uid = member.Uid,
        IsDisabled = member.IsDisabled,
        IsExternallySynced = member.IsExternallySynced,
        IsProvisioned = member.IsProvisioned,
        LastSeenAt = member.LastSeenAt,
        CreatedAt = member.Created,
        AuthLabels = member.AuthLabels ?? [],
    };
}
