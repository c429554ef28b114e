using Podium.Api;
using Podium.Data;
using Podium.SignIn;

namespace Podium.People.Api;

internal static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/auth/introspect", (HttpContext context) => IntrospectAnswer.Of(context.SignedInCaller()));
        endpoints.MapGet("/api/v1/users", async (HttpContext context, PeopleList people, CancellationToken cancellationToken)
            => UsersAnswer.Of(await people.PageAsync(new(), context.Page(), cancellationToken)));
        endpoints.MapGet("/api/v1/users/{id}", GetAsync);
        endpoints.MapPost("/api/v1/search/users", SearchAsync);
        endpoints.MapGet("/api/v1/iam/roles", () => new RolesAnswer([.. Enum.GetValues<Role>().Select(RoleModel.Of)]));
        endpoints.MapGet("/api/v1/iam/roles/{role_id}", (HttpContext context) => context.RouteText("role_id") is var id && RoleModel.Find(id) is { } role
            ? new RoleAnswer(RoleModel.Of(role))
            : throw ApiException.NotFound("role", id));
    }

    private static async Task<UserAnswer> GetAsync(HttpContext context, PeopleList people, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var id = context.RouteText("id");
        var isOneself = caller.PublicId.ToString() == id;
        // Who may not look at others learns nothing of who exists either.
        var mayLook = isOneself || caller.MayViewAll || caller.Roles.Any(role => role != Role.BasicUser);
        return mayLook && Ksuid.TryParse(id, out var parsed) && await people.FindAsync(parsed, cancellationToken) is { } row
            ? new(new(UserModel.Of(row)))
            : throw ApiException.NotFound("user", id);
    }

    private static async Task<UsersAnswer> SearchAsync(HttpContext context, PeopleList people, CancellationToken cancellationToken)
    {
        var request = await context.ReadBodyAsync<SearchUsersRequest>(cancellationToken);
        var ids = (request.Ids ?? []).OfType<string>().Concat((request.Refs ?? []).Select(reference => reference?.Id).OfType<string>()).ToList();
        PeopleFilter filter = new(
            request.Query,
            request.Email,
            Status(request.UserStatuses),
            request.RoleIds is { Count: > 0 } roles ? [.. roles.Select(role => RoleModel.Find(role) ?? throw ApiException.NotFound("role", role))] : null,
            ids.Count == 0 ? null : [.. ids.Select(id => Ksuid.TryParse(id, out var parsed) ? parsed : default)]);
        return UsersAnswer.Of(await people.PageAsync(filter, ApiPage.Of(request.PageSize, request.PageToken), cancellationToken));
    }

    private static PersonStatus? Status(IReadOnlyList<string>? statuses) => statuses?.Distinct(StringComparer.Ordinal).ToList() switch
    {
        ["ENABLED"] => PersonStatus.Enabled,
        ["DISABLED"] => PersonStatus.Disabled,
        _ => null,
    };
}

/// <summary>Who one is, as <c>c1.api.auth.v1.IntrospectResponse</c> says it, spelling included.</summary>
internal sealed record IntrospectAnswer(string PrincipleId, string UserId, IReadOnlyList<string> Roles, string DeviceClientId)
{
    public IReadOnlyList<string> Permissions { get; } = [];

    public IReadOnlyList<string> Features { get; } = [];

    public IReadOnlyList<string> DisabledModules { get; } = [];

    public string TenantId { get; } = "podium";

    public static IntrospectAnswer Of(Caller caller) => new(
        caller.PublicId.ToString(), caller.PublicId.ToString(), [.. caller.Roles.Order().Select(RoleModel.IntrospectionName)], caller.ClientId ?? "");
}
