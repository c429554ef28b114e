using Baton.Evidence.Accounts;
using System.Text.Json.Nodes;
using Podium.Data;
using Podium.Inventory.Lists;

namespace Podium.Apps.Api;

/// <summary>An account as <c>c1.api.app.v1.AppUser</c> says it. Whose it is stays empty until people are matched.</summary>
internal sealed record AppUserModel(
    Ksuid Id,
    Ksuid AppId,
    string DisplayName,
    string Email,
    IReadOnlyList<string> Emails,
    string Username,
    IReadOnlyList<string> Usernames,
    string AppUserType,
    AppUserStatusModel Status,
    JsonNode? Profile,
    Moment CreatedAt,
    Moment UpdatedAt,
    Moment? DeletedAt)
{
    public string IdentityUserId { get; } = "";

    public IReadOnlyList<string> EmployeeIds { get; } = [];

    public bool IsExternal { get; }

    public string AgentStatus { get; } = "APP_USER_AGENT_STATUS_UNSPECIFIED";

    public string NhiType { get; } = "APP_USER_NHI_TYPE_UNSPECIFIED";

    public string NhiDetail { get; } = "";

    public static AppUserModel Of(AccountRow row, Ksuid app) => new(
        row.PublicId,
        app,
        row.DisplayName,
        row.Email,
        row.Email.Length == 0 ? [] : [row.Email],
        row.Login,
        row.Login.Length == 0 ? [] : [row.Login],
        row.Kind switch
        {
            AccountKind.Human => "APP_USER_TYPE_USER",
            AccountKind.Service => "APP_USER_TYPE_SERVICE_ACCOUNT",
            AccountKind.System => "APP_USER_TYPE_SYSTEM_ACCOUNT",
            _ => "APP_USER_TYPE_UNSPECIFIED",
        },
        new("STATUS_" + (row.Status == AccountStatus.Unknown ? "UNSPECIFIED" : row.Status.ToString().ToUpperInvariant()), ""),
        row.Profile.Length == 0 ? new JsonObject() : JsonNode.Parse(row.Profile),
        row.SourceCreatedAt ?? row.BegunAt,
        row.Since,
        row.DeletedAt);
}

internal sealed record AppUserStatusModel(string Status, string Details);

internal sealed record AppUserView(AppUserModel AppUser)
{
    public string AppPath { get; } = "";

    public string IdentityUserPath { get; } = "";

    public string LastUsagePath { get; } = "";
}

internal sealed record AppUsersAnswer(IReadOnlyList<AppUserView> List, string NextPageToken)
{
    public IReadOnlyList<string> Expanded { get; } = [];
}
