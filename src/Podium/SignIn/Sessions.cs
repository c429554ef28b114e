using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>Begins, finds and ends sessions.</summary>
internal sealed class Sessions(Database database, TimeProvider clock)
{
    private const int TokenBits = 256;
    private const int LongestAgent = 200;
    private static readonly TimeSpan UseGranularity = TimeSpan.FromMinutes(1);

    /// <summary>Adds a session in the transaction of <paramref name="context"/>.</summary>
    /// <returns>What the cookie carries.</returns>
    public SecretToken Begin(PodiumContext context, long personId, Visitor visitor, string by)
    {
        var token = SecretToken.New(TokenBits);
        var now = clock.Now();
        context.Add(new Session
        {
            TokenHash = token.Hash,
            PersonId = personId,
            BegunAt = now,
            UsedAt = now,
            ProvedAt = now,
            Address = visitor.Address,
            Agent = visitor.Agent is { Length: > LongestAgent } verbose ? verbose[..LongestAgent] : visitor.Agent,
        });
        context.Audit(now, "session.begun", new(ActorKind.Person, personId, Address: visitor.Address), details: new() { ["by"] = by });
        return token;
    }

    /// <summary>Whose session this is; null when it ended, or its person may not sign in any more.</summary>
    public async Task<Caller?> FindAsync(SecretToken token, string? address, CancellationToken cancellationToken)
    {
        var (hash, now) = (token.Hash, clock.Now());
        var found = await database.ReadAsync(context => (
            from session in context.Set<Session>()
            join person in context.Set<Person>() on session.PersonId equals person.Id
            where session.TokenHash == hash && session.EndedAt == null && person.Status == PersonStatus.Enabled && person.DeletedAt == null
            select new
            {
                Session = session,
                Person = person,
                Roles = context.Set<RoleHolding>().Where(holding => holding.PersonId == person.Id).Select(holding => holding.Role).ToList(),
            }).SingleOrDefaultAsync(cancellationToken));
        if (found is null || now - found.Session.UsedAt >= SessionLength.Idle || now - found.Session.BegunAt >= SessionLength.Longest)
        {
            return null;
        }

        if (now - found.Session.UsedAt >= UseGranularity)
        {
            await database.WriteAsync(
                context => context.Set<Session>().Where(session => session.Id == found.Session.Id).ExecuteUpdateAsync(
                    update => update.SetProperty(session => session.UsedAt, now).SetProperty(session => session.Address, address), cancellationToken),
                cancellationToken);
        }

        return new(
            found.Person.Id,
            found.Person.PublicId,
            found.Person.DisplayName,
            found.Person.Email,
            new HashSet<Role>(found.Roles) { Role.BasicUser },
            found.Session.Id,
            ClientId: null,
            address,
            found.Session.ProvedAt + SessionLength.Fresh);
    }

    /// <summary>A person's sessions that are still good, the latest first.</summary>
    public Task<List<SessionRow>> ListAsync(long personId, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var (idle, oldest) = (now - SessionLength.Idle, now - SessionLength.Longest);
        return database.ReadAsync(context => context.Set<Session>()
            .Where(session => session.PersonId == personId && session.EndedAt == null && session.UsedAt > idle && session.BegunAt > oldest)
            .OrderByDescending(session => session.UsedAt)
            .Select(session => new SessionRow(session.Id, session.BegunAt, session.UsedAt, session.Address, session.Agent))
            .ToListAsync(cancellationToken));
    }

    /// <returns>False when that person has no such session.</returns>
    public Task<bool> EndAsync(long sessionId, long personId, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var now = clock.Now();
            var ended = await context.Set<Session>()
                .Where(session => session.Id == sessionId && session.PersonId == personId && session.EndedAt == null)
                .ExecuteUpdateAsync(update => update.SetProperty(session => session.EndedAt, now), cancellationToken);
            if (ended > 0)
            {
                context.Audit(now, "session.ended", actor, ("session", $"{sessionId}"), new() { ["person"] = personId });
            }

            return ended > 0;
        },
        cancellationToken);

    public Task<int> EndAllAsync(long personId, Actor actor, CancellationToken cancellationToken)
        => database.WriteAsync(context => EndAllAsync(context, personId, clock.Now(), actor, cancellationToken), cancellationToken);

    /// <summary>Ends a person's sessions in the transaction that takes something away from that person.</summary>
    public static async Task<int> EndAllAsync(PodiumContext context, long personId, Moment now, Actor actor, CancellationToken cancellationToken)
    {
        var ended = await context.Set<Session>()
            .Where(session => session.PersonId == personId && session.EndedAt == null)
            .ExecuteUpdateAsync(update => update.SetProperty(session => session.EndedAt, now), cancellationToken);
        if (ended > 0)
        {
            context.Audit(now, "session.all_ended", actor, details: new() { ["person"] = personId, ["sessions"] = ended });
        }

        return ended;
    }
}

/// <summary>A session, for the list of one's own.</summary>
internal sealed record SessionRow(long Id, Moment BegunAt, Moment UsedAt, string? Address, string? Agent);

/// <summary>Where a request comes from, as far as that is known.</summary>
internal sealed record Visitor(string? Address, string? Agent)
{
    public static Visitor Of(HttpContext context) => new(context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent);
}
