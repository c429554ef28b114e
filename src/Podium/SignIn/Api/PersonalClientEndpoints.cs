using Podium.Api;
using Podium.Data;
using Podium.People.Api;

namespace Podium.SignIn.Api;

/// <summary>One's own keys, as <c>c1.api.iam.v1.PersonalClientService</c>.</summary>
internal static class PersonalClientEndpoints
{
    private const string Collection = "/api/v1/iam/personal_clients";

    public static void MapPersonalClients(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Collection, async (HttpContext context, ApiKeys keys, CancellationToken cancellationToken) =>
        {
            var caller = context.SignedInCaller();
            return new PersonalClientsAnswer([.. (await keys.ListAsync(caller.PersonId, cancellationToken)).Select(row => PersonalClientModel.Of(row, caller.PublicId))]);
        });
        endpoints.MapPost(Collection, CreateAsync);
        endpoints.MapGet(Collection + "/{id}", async (HttpContext context, ApiKeys keys, CancellationToken cancellationToken) =>
        {
            var (caller, id) = (context.SignedInCaller(), context.RouteText("id"));
            return new PersonalClientAnswer((await keys.ListAsync(caller.PersonId, cancellationToken)).FirstOrDefault(row => row.Credential.PublicId.ToString() == id) is { } row
                ? PersonalClientModel.Of(row, caller.PublicId)
                : throw ApiException.NotFound("personal client", id));
        });
        endpoints.MapDelete(Collection + "/{id}", async (HttpContext context, ApiKeys keys, CancellationToken cancellationToken) =>
        {
            var (caller, id) = (context.SignedInCaller(), context.RouteText("id"));
            return Ksuid.TryParse(id, out var parsed) && await keys.RevokeAsync(caller.PersonId, parsed, caller.Actor, cancellationToken)
                ? new EmptyAnswer()
                : throw ApiException.NotFound("personal client", id);
        });
    }

    private static async Task<NewPersonalClientAnswer> CreateAsync(HttpContext context, ApiKeys keys, CancellationToken cancellationToken)
    {
        var request = await context.ReadBodyAsync<CreatePersonalClientRequest>(cancellationToken);
        var caller = context.SignedInCaller();
        ApiKeyLimits limits = new(
            request.ScopedRoles is { Count: > 0 } roles ? [.. roles.Select(role => RoleModel.Find(role) ?? throw ApiException.NotFound("role", role))] : null,
            ApiKeyLimits.ParseNetworks((request.AllowSourceCidr ?? []).Select(network => network ?? "null")));
        var made = await keys.CreateAsync(caller, new(request.DisplayName ?? "", limits, Life(request.Expires)), cancellationToken);
        return new(PersonalClientModel.Of(new(made.Credential, limits), caller.PublicId), made.ClientSecret);
    }

    private static TimeSpan Life(string? duration) => string.IsNullOrEmpty(duration)
        ? ApiKeys.DefaultLife
        : ApiDuration.Parse(duration, "expires") is { Ticks: > 0 } life ? life : throw new Refusal("A key must live for some time: leave the end out for 90 days.", "expires");
}

internal sealed record CreatePersonalClientRequest
{
    public string? DisplayName { get; init; }

    public IReadOnlyList<string?>? AllowSourceCidr { get; init; }

    public IReadOnlyList<string?>? ScopedRoles { get; init; }

    public string? Expires { get; init; }
}

/// <summary>A key without its secret, as <c>c1.api.iam.v1.PersonalClient</c> says it.</summary>
internal sealed record PersonalClientModel(
    Ksuid Id,
    string ClientId,
    string DisplayName,
    Ksuid UserId,
    IReadOnlyList<string> AllowSourceCidr,
    IReadOnlyList<string> ScopedRoles,
    Moment CreatedAt,
    Moment? ExpiresTime,
    Moment? LastUsedAt)
{
    public Moment? UpdatedAt => CreatedAt;

    public Moment? DeletedAt { get; }

    public static PersonalClientModel Of(ApiKeyRow row, Ksuid person) => new(
        row.Credential.PublicId,
        row.Credential.ClientId,
        row.Credential.DisplayName,
        person,
        [.. (row.Limits.Networks ?? []).Select(network => network.ToString())],
        [.. (row.Limits.Roles ?? []).Select(RoleModel.IdOf)],
        row.Credential.CreatedAt,
        row.Credential.ExpiresAt,
        row.Credential.LastUsedAt);
}

internal sealed record PersonalClientsAnswer(IReadOnlyList<PersonalClientModel> List)
{
    public string NextPageToken { get; } = "";
}

internal sealed record PersonalClientAnswer(PersonalClientModel Client);

internal sealed record NewPersonalClientAnswer(PersonalClientModel Client, string ClientSecret);
