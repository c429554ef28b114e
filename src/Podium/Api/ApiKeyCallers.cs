using Podium.SignIn;
using Podium.Tokens;

namespace Podium.Api;

/// <summary>Finds out who calls the API: the person of the bearer token's key. A connector's token is nobody here.</summary>
internal sealed class ApiKeyCallers(AccessTokens tokens, ApiKeys keys)
{
    private const string Scheme = "Bearer ";

    public async Task<Caller?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (await tokens.CheckAsync(header[Scheme.Length..].Trim(), cancellationToken) is not { PersonId: not null } holder
            || await keys.FindAsync(holder, cancellationToken) is not var (person, roles, limits)
            || !limits.Admit(context.Connection.RemoteIpAddress))
        {
            return null;
        }

        return new(
            person.Id,
            person.PublicId,
            person.DisplayName,
            person.Email,
            limits.Narrow(roles),
            SessionId: null,
            holder.ClientId,
            context.Connection.RemoteIpAddress?.ToString(),
            FreshUntil: null);
    }
}
