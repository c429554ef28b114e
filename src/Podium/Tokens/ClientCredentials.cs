using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Podium.Data;
using Podium.Hosting;

namespace Podium.Tokens;

/// <summary>Makes and ends credentials, each time in the transaction of the use case that it belongs to.</summary>
internal sealed class ClientCredentials(ServerOptions options, TimeProvider clock, TokenClock tokenClock)
{
    /// <summary>Makes a key, keeps its public half, and gives the secret to be shown once.</summary>
    /// <param name="context">That of the transaction.</param>
    /// <param name="owner">Whom it speaks for.</param>
    /// <param name="displayName">For people who have several.</param>
    /// <param name="createdBy">The person; null for podium itself.</param>
    /// <param name="life">Null for no end.</param>
    public NewCredential Create(PodiumContext context, ClientCredentialOwner owner, string displayName, long? createdBy, TimeSpan? life)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SecretKeySize];
        var publicKey = new byte[Ed25519.PublicKeySize];
        RandomNumberGenerator.Fill(seed);
        Ed25519.GeneratePublicKey(seed, publicKey);
        var key = $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(publicKey)}}","d":"{{Base64Url.EncodeToString(seed)}}"}""";
        CryptographicOperations.ZeroMemory(seed);

        var now = tokenClock.Time.Now();
        var credential = new ClientCredential
        {
            PublicId = Ksuid.New(clock),
            ClientId = $"{ClientName.New()}@{options.PublicUrl.Authority}/{owner.Use}",
            DisplayName = displayName,
            ConnectorId = owner.ConnectorId,
            PersonId = owner.PersonId,
            PublicKey = publicKey,
            CreatedAt = now,
            CreatedBy = createdBy,
            ExpiresAt = life is { } span ? now + span : null,
        };
        context.Add(credential);
        return new(credential, "secret-token:conductorone.com:v1:" + Base64Url.EncodeToString(Encoding.ASCII.GetBytes(key)));
    }

    /// <summary>Ends it and the tokens that were given for it, at once.</summary>
    /// <returns>False when it had ended before.</returns>
    public async Task<bool> RevokeAsync(PodiumContext context, long credentialId, CancellationToken cancellationToken)
    {
        var credential = await context.LockAsync<ClientCredential>(credentialId, cancellationToken);
        if (credential is not { RevokedAt: null })
        {
            return false;
        }

        credential.RevokedAt = tokenClock.Time.Now();
        await context.Set<AccessToken>().Where(token => token.CredentialId == credentialId).ExecuteDeleteAsync(cancellationToken);
        return true;
    }
}
