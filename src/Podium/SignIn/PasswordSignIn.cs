using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>Lets in who knows an e-mail address and its password.</summary>
internal sealed class PasswordSignIn(Database database, Sessions sessions, SignInTries tries, TimeProvider clock)
{
    /// <summary>Sets the cookie when it was right. A session that the browser had ends: nobody goes on in one that somebody else planted.</summary>
    public async Task<SignInOutcome> SignInAsync(HttpContext context, string email, string password, CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(context);
        var normalized = EmailAddress.Normalize(email);
        var (outcome, person) = await TryAsync(normalized, password, visitor, cancellationToken);
        if (person is null)
        {
            return outcome;
        }

        var before = context.Caller();
        var token = await database.WriteAsync(
            async data =>
            {
                await SignInTries.ForgetAsync(data, normalized, cancellationToken);
                if (before?.SessionId is { } old)
                {
                    var now = clock.Now();
                    await data.Set<Session>().Where(session => session.Id == old).ExecuteUpdateAsync(update => update.SetProperty(session => session.EndedAt, now), cancellationToken);
                }

                return sessions.Begin(data, person.Value, visitor, "password");
            },
            cancellationToken);
        SessionCookie.Write(context, token);
        return outcome;
    }

    /// <summary>Tries a password, counted like every other.</summary>
    public async Task<(SignInOutcome Outcome, long? PersonId)> TryAsync(string normalizedEmail, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        var (mayTry, left, pause) = await tries.TakeAsync(normalizedEmail, cancellationToken);
        if (!mayTry)
        {
            return (new(SignInResult.Paused, 0, pause), null);
        }

        var known = await database.ReadAsync(context => (
            from person in context.Set<Person>()
            join secret in context.Set<LocalPassword>() on person.Id equals secret.PersonId
            where person.NormalizedEmail == normalizedEmail && person.Status == PersonStatus.Enabled && person.DeletedAt == null
            select new { person.Id, secret.Hash }).SingleOrDefaultAsync(cancellationToken));
        if (Passwords.IsRight(known?.Hash, password))
        {
            return (SignInOutcome.SignedIn, known!.Id);
        }

        await database.WriteAsync(
            context =>
            {
                context.Audit(clock.Now(), "session.refused", new(ActorKind.Stranger, Address: visitor.Address), details: new() { ["person"] = known?.Id, ["tries_left"] = left });
                return Task.CompletedTask;
            },
            cancellationToken);
        return (new(SignInResult.Refused, left, pause), null);
    }
}
