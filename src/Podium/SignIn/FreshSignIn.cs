using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>Asks somebody who is signed in for the password again, before an act that a borrowed browser must not do.</summary>
internal sealed class FreshSignIn(Database database, PasswordSignIn signIn, TimeProvider clock)
{
    public async Task<SignInOutcome> ConfirmAsync(HttpContext context, string password, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        if (caller.SessionId is not { } sessionId)
        {
            throw new ForbiddenException("A key cannot confirm anything: sign in with a browser.");
        }

        var normalized = EmailAddress.Normalize(caller.Email);
        var (outcome, person) = await signIn.TryAsync(normalized, password, Visitor.Of(context), cancellationToken);
        if (person != caller.PersonId)
        {
            return outcome;
        }

        var now = clock.Now();
        await database.WriteAsync(
            async data =>
            {
                await SignInTries.ForgetAsync(data, normalized, cancellationToken);
                await data.Set<Session>().Where(session => session.Id == sessionId).ExecuteUpdateAsync(update => update.SetProperty(session => session.ProvedAt, now), cancellationToken);
                data.Audit(now, "session.confirmed", caller.Actor);
            },
            cancellationToken);
        context.Features.Set(caller with { FreshUntil = now + SessionLength.Fresh });
        return outcome;
    }
}
