using Podium.Data;
using Podium.SignIn;

namespace Podium.People.Api;

/// <summary>A role as <c>c1.api.iam.v1.Role</c> says it.</summary>
internal sealed record RoleModel(string Id, string Name, string DisplayName)
{
    public IReadOnlyList<string> Permissions { get; } = [];

    public IReadOnlyList<string> ServiceRoles { get; } = [];

    public bool SystemBuiltin { get; } = true;

    public bool SystemApiOnly { get; }

    public Moment? CreatedAt { get; }

    public Moment? UpdatedAt { get; }

    public Moment? DeletedAt { get; }

    public static RoleModel Of(Role role) => new(IdOf(role), RoleNames.SlugOf(role), RoleNames.Of(role));

    /// <summary>The same on every server, and of the form that clients take for an id: 27 letters and digits.</summary>
    public static string IdOf(Role role) => ("0" + role).PadRight(Ksuid.Length, '0');

    /// <summary>By id, or by a name of it.</summary>
    public static Role? Find(string? text) => text is null
        ? null
        : Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => IdOf(role!.Value) == text) ?? (RoleNames.TryParse(text, out var named) ? named : null);

    /// <summary>What introspection calls it. cone looks for the first one before it changes aliases.</summary>
    public static string IntrospectionName(Role role) => role == Role.SuperAdministrator ? "role/c1.api.tenant.v1.Tenant:owner" : "role/podium:" + RoleNames.SlugOf(role);
}

internal sealed record RolesAnswer(IReadOnlyList<RoleModel> List)
{
    public string NextPageToken { get; } = "";
}

internal sealed record RoleAnswer(RoleModel Role);
