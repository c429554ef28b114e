using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.Tokens;

namespace Podium.SignIn;

/// <summary>Keys by which a person's programs call the API.</summary>
internal sealed class ApiKeys(Database database, ClientCredentials credentials, TimeProvider clock)
{
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(90);
    private const int LongestName = 100;

    /// <summary>Makes one for oneself, in a browser that just proved who sits there.</summary>
    /// <exception cref="ForbiddenException">The caller is a key, or the proof is too old.</exception>
    /// <exception cref="Refusal">What was asked for does not do.</exception>
    public Task<NewCredential> CreateAsync(Caller caller, NewApiKey wanted, CancellationToken cancellationToken)
        => caller.SessionId is null
            ? throw new ForbiddenException("A key cannot make keys: sign in with a browser and make one there.")
            : !caller.IsFresh(clock.Now())
                ? throw new ForbiddenException("Type your password again: a key is made only within ten minutes after that.")
                : CreateAsync(caller.PersonId, wanted, caller.Actor, cancellationToken);

    /// <summary>Makes one for somebody, by whoever may run the executable beside the database.</summary>
    /// <exception cref="Refusal">What was asked for does not do.</exception>
    public async Task<NewCredential> CreateAsync(long personId, NewApiKey wanted, Actor actor, CancellationToken cancellationToken)
    {
        var name = wanted.DisplayName.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw new Refusal($"A key needs a name of at most {LongestName} characters, by which you will know it.", "displayName");
        }

        if (wanted.Life <= TimeSpan.Zero)
        {
            throw new Refusal("A key must live for some time: leave the end out for 90 days.", "expires");
        }

        return await database.WriteAsync(
            async context =>
            {
                var held = await context.Set<RoleHolding>().Where(holding => holding.PersonId == personId).Select(holding => holding.Role).ToListAsync(cancellationToken);
                if (wanted.Limits.Roles?.FirstOrDefault(role => role != Role.BasicUser && !held.Contains(role)) is { } missing and not Role.BasicUser)
                {
                    throw new Refusal($"A key cannot have more than its person: {RoleNames.Of(missing)} is not among the person's roles.", "scopedRoles");
                }

                var made = credentials.Create(context, ClientCredentialOwner.Person(personId), name, actor.PersonId, wanted.Life);
                await context.SaveChangesAsync(cancellationToken);
                context.Add(wanted.Limits.ToRow(made.Credential.Id));
                context.Audit(clock.Now(), "api_key.created", actor, ("api_key", made.Credential.PublicId.ToString()), new() { ["person"] = personId, ["client"] = made.Credential.ClientId });
                return made;
            },
            cancellationToken);
    }

    /// <summary>A person's keys, the youngest first; those that were revoked are not among them.</summary>
    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(long personId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var rows = await (
            from credential in context.Set<ClientCredential>()
            where credential.PersonId == personId && credential.RevokedAt == null
            join key in context.Set<ApiKey>() on credential.Id equals key.CredentialId into keys
            from key in keys.DefaultIfEmpty()
            orderby credential.Id descending
            select new { credential, key }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ApiKeyRow(row.credential, ApiKeyLimits.Of(row.key)))];
    }

    /// <returns>False when that person has no such key.</returns>
    public Task<bool> RevokeAsync(long personId, Ksuid id, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var key = await context.Set<ClientCredential>().SingleOrDefaultAsync(credential => credential.PublicId == id && credential.PersonId == personId, cancellationToken);
            if (key is null || !await credentials.RevokeAsync(context, key.Id, cancellationToken))
            {
                return false;
            }

            context.Audit(clock.Now(), "api_key.revoked", actor, ("api_key", id.ToString()), new() { ["person"] = personId });
            return true;
        },
        cancellationToken);

    /// <summary>Whom a key speaks for, with what is left of the person's roles; null when that person may not sign in.</summary>
    public async Task<(Person Person, IReadOnlyList<Role> Roles, ApiKeyLimits Limits)?> FindAsync(TokenHolder holder, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var found = await (
            from person in context.Set<Person>()
            where person.Id == holder.PersonId && person.Status == PersonStatus.Enabled && person.DeletedAt == null
            join key in context.Set<ApiKey>().Where(key => key.CredentialId == holder.CredentialId) on 1 equals 1 into keys
            from key in keys.DefaultIfEmpty()
            select new
            {
                Person = person,
                Roles = context.Set<RoleHolding>().Where(holding => holding.PersonId == person.Id).Select(holding => holding.Role).ToList(),
                Key = key,
            }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Person, found.Roles, ApiKeyLimits.Of(found.Key));
    }
}

/// <param name="DisplayName">For who has several.</param>
/// <param name="Limits">What it may do, and from where.</param>
/// <param name="Life">From now on.</param>
internal sealed record NewApiKey(string DisplayName, ApiKeyLimits Limits, TimeSpan Life);

internal sealed record ApiKeyRow(ClientCredential Credential, ApiKeyLimits Limits);
