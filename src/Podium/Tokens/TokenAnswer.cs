using System.Text.Json.Nodes;

namespace Podium.Tokens;

/// <summary>
/// The answers of the token endpoint. Clients take nothing but 200 as success and a number as <c>expires_in</c>, and show of a refusal the
/// description at most (RFC 6749, section 5).
/// </summary>
internal static class TokenAnswer
{
    public static IResult Of(IssuedToken token) => Results.Json(new JsonObject
    {
        ["access_token"] = token.Token,
        ["token_type"] = "Bearer",
        ["expires_in"] = token.ExpiresIn,
    });

    public static IResult Refuse(int status, string error, string description)
        => Results.Json(new JsonObject { ["error"] = error, ["error_description"] = description }, statusCode: status);
}
