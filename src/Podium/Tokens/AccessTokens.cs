using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Tokens;

/// <summary>Gives tokens for proofs, and says whom a token speaks for. Nothing is kept in memory: what was revoked is dead on all replicas.</summary>
internal sealed class AccessTokens(Database database, TokenClock clock)
{
    public const int LifeSeconds = 600;

    private const int TokenBytes = 32;

    /// <summary>An assertion ends after five minutes at the latest; it is remembered for longer than that.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(6);

    /// <summary>Null for a token that is none of ours, or has ended, or whose credential has.</summary>
    public async Task<TokenHolder?> CheckAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length != Base64Url.GetEncodedLength(TokenBytes))
        {
            return null;
        }

        var hash = Hash(token);
        await using var context = database.Open();
        var found = await (
            from issued in context.Set<AccessToken>()
            join credential in context.Set<ClientCredential>() on issued.CredentialId equals credential.Id
            where issued.Hash == hash
            select new { issued.ExpiresAt, Credential = credential }).FirstOrDefaultAsync(cancellationToken);
        var now = clock.Time.Now();
        return found is not null && now < found.ExpiresAt && found.Credential.IsGood(now)
            ? new(found.Credential.Id, found.Credential.ClientId, found.Credential.ConnectorId, found.Credential.PersonId)
            : null;
    }

    /// <summary>A token for a credential that was proved.</summary>
    /// <param name="credential">As it was read when the proof was checked.</param>
    /// <param name="mark">Of the assertion, which counts once; null for a proof that may be repeated.</param>
    /// <param name="from">The address that asked.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>Null when the assertion was used before, or the credential has ended meanwhile.</returns>
    public async Task<IssuedToken?> IssueAsync(ClientCredential credential, byte[]? mark, string? from, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        try
        {
            return await database.WriteAsync(
                async context =>
                {
                    var now = clock.Time.Now();
                    var row = await context.LockAsync<ClientCredential>(credential.Id, cancellationToken);
                    if (row?.IsGood(now) != true
                        || (mark is not null && await context.Set<UsedAssertion>().AnyAsync(used => used.CredentialId == row.Id && used.Mark == mark, cancellationToken)))
                    {
                        return null;
                    }

                    if (mark is not null)
                    {
                        context.Add(new UsedAssertion { CredentialId = row.Id, Mark = mark, ForgottenAt = now + Memory });
                    }

                    row.LastUsedAt = now;
                    row.LastUsedFrom = from;
                    var end = now + TimeSpan.FromSeconds(LifeSeconds);
                    context.Add(new AccessToken { Hash = Hash(token), CredentialId = row.Id, ExpiresAt = row.ExpiresAt is { } last && last < end ? last : end });
                    return new IssuedToken(token, LifeSeconds);
                },
                cancellationToken);
        }
        catch (DbUpdateException) when (mark is not null)
        {
            // Two replicas were shown the same assertion at once: the key of the row decided.
            return null;
        }
    }

    /// <summary>Forgets what has ended by itself.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.Time.Now();
        await database.WriteAsync(
            async context =>
            {
                await context.Set<AccessToken>().Where(token => token.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
                await context.Set<UsedAssertion>().Where(used => used.ForgottenAt <= now).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
