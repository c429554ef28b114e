using Podium.Api;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.SignIn;
using Podium.Tokens;

namespace Podium.Connectors.Api;

/// <summary>The credentials of a connector that runs elsewhere. The secret is in the answer that made it, and nowhere else.</summary>
internal static class ConnectorCredentialEndpoints
{
    private const string Item = "/api/v1/apps/{app_id}/connectors/{connector_id}/credentials/{id}";

    public static void MapConnectorCredentials(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/apps/connectors/credentials", RotateAsync);
        endpoints.MapGet(Item, async (HttpContext context, ConnectorReach reach, ConnectorCredentials credentials, CancellationToken cancellationToken) =>
        {
            var (row, credential) = await FindAsync(context, reach, credentials, cancellationToken);
            return new CredentialAnswer(CredentialModel.Of(row, credential));
        });
        endpoints.MapPost(Item, async (HttpContext context, ConnectorReach reach, ConnectorCredentials credentials, RevokeCredential revoke, CancellationToken cancellationToken) =>
        {
            var caller = context.SignedInCaller();
            var (row, credential) = await FindAsync(context, reach, credentials, cancellationToken);
            ConnectorReach.EnsureMayChange(caller, row);
            await revoke.RunAsync(row.Id, credential.Id, caller.Actor, cancellationToken);
            return new EmptyAnswer();
        });
        endpoints.MapGet("/api/podium/v1/connectors/{id}/credentials", async (HttpContext context, ConnectorReach reach, ConnectorCredentials credentials, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindAsync(context, cancellationToken);
            var (page, question) = (context.Page(), $"credentials {row.Id}");
            var (part, next) = WholeList.PageByKey(
                question, await credentials.OfAsync(row.Id, WholeList.KeyOf(question, page), page.Size + 1, cancellationToken), credential => credential.Id, page);
            return new CredentialsAnswer([.. part.Select(credential => CredentialModel.Of(row, credential))], next);
        });
    }

    private static async Task<CredentialAnswer> RotateAsync(HttpContext context, ConnectorReach reach, RotateCredential rotate, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var request = await context.ReadBodyAsync<RotateCredentialRequest>(cancellationToken);
        var (_, row) = await reach.OfAppAsync(context, request.AppId ?? "", request.ConnectorId ?? "", cancellationToken);
        ConnectorReach.EnsureMayChange(caller, row);
        var made = await rotate.RunAsync(row.Id, request.Grace is { Length: > 0 } grace ? ApiDuration.Parse(grace, "grace") : null, caller.Actor, cancellationToken);
        return new(CredentialModel.Of(row, made));
    }

    private static async Task<(ConnectorRow Connector, CredentialRow Credential)> FindAsync(
        HttpContext context, ConnectorReach reach, ConnectorCredentials credentials, CancellationToken cancellationToken)
    {
        var (_, row) = await reach.OfAppAsync(context, context.RouteText("app_id"), context.RouteText("connector_id"), cancellationToken);
        var id = context.RouteText("id");
        return Ksuid.TryParse(id, out var parsed) && await credentials.FindAsync(row.Id, parsed, cancellationToken) is { } credential
            ? (row, credential)
            : throw ApiException.NotFound("credential", id);
    }
}

internal sealed record RotateCredentialRequest
{
    public string? AppId { get; init; }

    public string? ConnectorId { get; init; }

    /// <summary>Of this server alone: how long those before stay good, such as <c>3600s</c>; <c>0s</c> ends them at once.</summary>
    public string? Grace { get; init; }
}

/// <summary>A credential as <c>c1.api.app.v1.ConnectorCredential</c> says it; the time of its end is that of its deletion once it was revoked.</summary>
internal sealed record CredentialModel(
    Ksuid Id, Ksuid AppId, Ksuid ConnectorId, string ClientId, string? ClientSecret, string DisplayName, Moment CreatedAt, Moment? ExpiresTime, Moment? LastUsedAt, Moment? DeletedAt)
{
    /// <summary>Nothing of a credential changes but its end.</summary>
    public Moment UpdatedAt => DeletedAt ?? CreatedAt;

    public static CredentialModel Of(ConnectorRow connector, CredentialRow row) => new(
        row.PublicId, connector.AppPublicId, connector.PublicId, row.ClientId, ClientSecret: null, row.DisplayName, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt);

    public static CredentialModel Of(ConnectorRow connector, NewCredential made) => new(
        made.Credential.PublicId,
        connector.AppPublicId,
        connector.PublicId,
        made.Credential.ClientId,
        made.ClientSecret,
        made.Credential.DisplayName,
        made.Credential.CreatedAt,
        made.Credential.ExpiresAt,
        LastUsedAt: null,
        DeletedAt: null);

    // Somebody will print it.
    public override string ToString() => $"{nameof(CredentialModel)} {ClientId}";
}

internal sealed record CredentialAnswer(CredentialModel Credential);

internal sealed record CredentialsAnswer(IReadOnlyList<CredentialModel> List, string NextPageToken);
