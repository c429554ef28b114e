using System.Security.Cryptography;
using Baton.Credentials;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Freezing;

namespace Podium.Tokens;

/// <summary>A token for a client id and a proof of its secret: a signed assertion, or the secret itself, which scripts send.</summary>
internal sealed class ClientCredentialsGrant(Database database, AccessTokens tokens, TokenClock clock, Freeze freeze) : ITokenGrant
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string Unknown = "there is no such client, or it was revoked: take a client id and secret that podium shows as good";

    public string GrantType => "client_credentials";

    public async Task<IResult> AnswerAsync(IFormCollection form, HttpContext http, CancellationToken cancellationToken)
    {
        string clientId = form["client_id"].ToString(), assertion = form["client_assertion"].ToString(), secret = form["client_secret"].ToString();
        if (assertion.Length > 0 ? form["client_assertion_type"] != AssertionType : secret.Length == 0)
        {
            return TokenAnswer.Refuse(StatusCodes.Status400BadRequest, "invalid_request", $"client_assertion with client_assertion_type {AssertionType} is missing");
        }

        var credential = await database.ReadAsync(
            context => context.Set<ClientCredential>().FirstOrDefaultAsync(known => known.ClientId == clientId, cancellationToken));
        if (credential?.IsGood(clock.Time.Now()) != true)
        {
            return Refuse(Unknown);
        }

        byte[]? mark = null;
        if (assertion.Length == 0)
        {
            if (!IsOf(secret, credential))
            {
                return Refuse("the client secret is not that of this client");
            }
        }
        else if (SignedAssertion.Read(assertion) is not { } signed)
        {
            return Refuse("client_assertion is not a JWT in compact form");
        }
        else if (signed.Problem(credential, clock.Time.GetUtcNow()) is { } problem)
        {
            return Refuse(problem);
        }
        else if (await freeze.RestoredAtAsync(cancellationToken) is { } restored && signed.IsOlderThan(restored))
        {
            // What was used before the restore, after the backup, is not known here.
            return Refuse("the assertion was signed before this server was restored: sign a new one");
        }
        else
        {
            mark = signed.Mark;
        }

        return await tokens.IssueAsync(credential, mark, http.Connection.RemoteIpAddress?.ToString(), cancellationToken) is { } token
            ? TokenAnswer.Of(token)
            : Refuse("the assertion was used before: sign a new one, with another nonce, for each request");
    }

    private static bool IsOf(string text, ClientCredential credential)
    {
        try
        {
            using var secret = ClientSecret.Parse(text);
            return CryptographicOperations.FixedTimeEquals(secret.PublicKey, credential.PublicKey);
        }
        catch (CredentialException)
        {
            return false;
        }
    }

    private static IResult Refuse(string description) => TokenAnswer.Refuse(StatusCodes.Status401Unauthorized, "invalid_client", description);
}
