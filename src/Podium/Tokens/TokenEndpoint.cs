using Microsoft.AspNetCore.Http.Features;

namespace Podium.Tokens;

/// <summary><c>POST /auth/v1/token</c>: one of the ways that are registered, told by <c>grant_type</c>.</summary>
internal static class TokenEndpoint
{
    public const string Path = "/auth/v1/token";

    private const long LargestForm = 64 * 1024;

    public static void MapTokens(this IEndpointRouteBuilder routes) => routes.MapPost(Path, AnswerAsync);

    private static async Task<IResult> AnswerAsync(HttpContext http, IEnumerable<ITokenGrant> grants, CancellationToken cancellationToken)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = LargestForm;
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
        {
            return TokenAnswer.Refuse(StatusCodes.Status400BadRequest, "invalid_request", "post a form (application/x-www-form-urlencoded)");
        }

        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(cancellationToken);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or BadHttpRequestException)
        {
            return TokenAnswer.Refuse(StatusCodes.Status400BadRequest, "invalid_request", "the form cannot be read");
        }

        return grants.FirstOrDefault(grant => grant.GrantType == form["grant_type"]) is { } wanted
            ? await wanted.AnswerAsync(form, http, cancellationToken)
            : TokenAnswer.Refuse(StatusCodes.Status400BadRequest, "unsupported_grant_type", "grant_type is none that this server knows");
    }
}
