using Podium.Data;
using Podium.SignIn;

namespace Podium.People.Api;

/// <summary>A person as <c>c1.api.user.v1.User</c> says it. What comes from directories is empty until there are directories.</summary>
internal sealed record UserModel
{
    public required Ksuid Id { get; init; }

    public required string DisplayName { get; init; }

    public required string Email { get; init; }

    public required IReadOnlyList<string> Emails { get; init; }

    public string Username => Email;

    public IReadOnlyList<string> Usernames => Emails;

    public IReadOnlyList<string> EmployeeIds { get; } = [];

    public string Department { get; } = "";

    public string JobTitle { get; } = "";

    public string EmploymentType { get; } = "";

    public string EmploymentStatus { get; } = "";

    public IReadOnlyList<string> ManagerIds { get; } = [];

    public IReadOnlyList<string> DirectoryIds { get; } = [];

    public string DirectoryStatus { get; } = "UNKNOWN";

    public required string Status { get; init; }

    public string Type { get; } = "USER_TYPE_HUMAN";

    public string Origin { get; } = "USER_ORIGIN_LOCAL";

    public required IReadOnlyList<string> RoleIds { get; init; }

    public string DelegatedUserId { get; } = "";

    public IReadOnlyDictionary<string, string> Profile { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required Moment CreatedAt { get; init; }

    /// <summary>Is not kept.</summary>
    public Moment? UpdatedAt { get; }

    public Moment? DeletedAt { get; init; }

    public static UserModel Of(PersonRow row) => new()
    {
        Id = row.Person.PublicId,
        DisplayName = row.Person.DisplayName,
        Email = row.Person.Email,
        Emails = [row.Person.Email],
        Status = row.Person.DeletedAt is not null ? "DELETED" : row.Person.Status == PersonStatus.Enabled ? "ENABLED" : "DISABLED",
        RoleIds = [.. row.Roles.Prepend(Role.BasicUser).Select(RoleModel.IdOf)],
        CreatedAt = row.Person.CreatedAt,
        DeletedAt = row.Person.DeletedAt,
    };
}

/// <summary>A row of lists and the answer for one; paths are empty, since nothing is expanded.</summary>
internal sealed record UserView(UserModel User)
{
    public string UserId => User.Id.ToString();

    public string RolesPath { get; } = "";

    public string ManagersPath { get; } = "";

    public string DirectoriesPath { get; } = "";

    public string DelegatedUserPath { get; } = "";
}

internal sealed record UserAnswer(UserView UserView)
{
    public IReadOnlyList<string> Expanded { get; } = [];
}

internal sealed record UsersAnswer(IReadOnlyList<UserView> List, string NextPageToken)
{
    public IReadOnlyList<string> Expanded { get; } = [];

    public static UsersAnswer Of(PeoplePage page) => new([.. page.Rows.Select(row => new UserView(UserModel.Of(row)))], page.Next ?? "");
}

/// <summary>What of <c>c1.api.user.v1.SearchUsersRequest</c> is answered.</summary>
internal sealed record SearchUsersRequest
{
    public string? Query { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<string?>? Ids { get; init; }

    public IReadOnlyList<UserReference?>? Refs { get; init; }

    public IReadOnlyList<string?>? RoleIds { get; init; }

    public IReadOnlyList<string>? UserStatuses { get; init; }

    public int? PageSize { get; init; }

    public string? PageToken { get; init; }
}

internal sealed record UserReference
{
    public string? Id { get; init; }
}
