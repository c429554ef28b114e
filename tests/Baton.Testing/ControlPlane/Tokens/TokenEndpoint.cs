using System.Text.Json.Nodes;
using Baton.Testing.ControlPlane.Calls;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.ControlPlane.Tokens;

/// <summary>Exchanges a client assertion for an access token.</summary>
internal sealed class TokenEndpoint(FakeControlPlane platform, IReadOnlyDictionary<string, RegisteredClient> clients)
{
    public const string Path = "/auth/v1/token";

    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly HashSet<string> _nonces = new(StringComparer.Ordinal);

    public async Task AnswerAsync(HttpContext http)
    {
        var call = platform.Calls.Start(CallKind.Token, http);
        var status = "gone";
        try
        {
            var fault = await platform.Faults.MatchAsync(call, http.RequestAborted);
            if (fault is { AfterEffect: false })
            {
                status = await fault.Fault.ApplyAsync(http, http.RequestAborted);
                return;
            }

            var (code, body) = await ExchangeAsync(call, http);
            if (fault is not null)
            {
                status = await fault.Fault.ApplyAsync(http, http.RequestAborted);
                return;
            }

            http.Response.StatusCode = code;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
            status = $"{code}";
        }
        catch (Exception gone) when (http.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            // The client left; there is nobody to tell.
        }
        finally
        {
            platform.Calls.End(call, status);
        }
    }

    private async Task<(int Status, JsonObject Body)> ExchangeAsync(PlatformCall call, HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
        {
            return Refuse(call, 400, "invalid_request", "a form is to be posted");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var clientId = form["client_id"].ToString();
        if (form["grant_type"] != "client_credentials")
        {
            return Refuse(call, 400, "unsupported_grant_type", "grant_type is not client_credentials");
        }

        if (form["client_assertion_type"] != AssertionType || form["client_assertion"].Count != 1)
        {
            return Refuse(call, 400, "invalid_request", "there is no assertion, or it is of another type");
        }

        if (!clients.TryGetValue(clientId, out var client))
        {
            return (401, Error("invalid_client", "no such client"));
        }

        var now = platform.Time.GetUtcNow();
        if (ClientAssertion.Problem(form["client_assertion"].ToString(), clientId, client.KeyId, client.Key, now, out var nonce) is { } problem)
        {
            return (401, Error("invalid_client", problem));
        }

        lock (_nonces)
        {
            if (nonce is null || !_nonces.Add(nonce))
            {
                return Refuse(call, 401, "invalid_client", "the nonce was used before");
            }
        }

        var answer = new JsonObject { ["access_token"] = platform.Tokens.Create() };
        if (platform.Tokens.Type is { } type)
        {
            answer["token_type"] = type;
        }

        if (platform.Tokens.Lifetime is { } lifetime)
        {
            answer["expires_in"] = (long)lifetime.TotalSeconds;
        }

        return (200, answer);
    }

    /// <summary>No well-behaved client asks like this, whatever its credentials are.</summary>
    private (int Status, JsonObject Body) Refuse(PlatformCall call, int status, string error, string description)
    {
        platform.Report(call, $"token request: {description}");
        return (status, Error(error, description));
    }

    private static JsonObject Error(string error, string description) => new() { ["error"] = error, ["error_description"] = description };
}
