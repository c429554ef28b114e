namespace Podium.SignIn;

/// <summary>Ends the session that the request came with, and takes its cookie away.</summary>
internal sealed class SignOut(Sessions sessions)
{
    public async Task SignOutAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Caller() is { SessionId: { } session } caller)
        {
            await sessions.EndAsync(session, caller.PersonId, caller.Actor, cancellationToken);
            context.Features.Set<Caller>(null);
        }

        SessionCookie.Remove(context);
    }
}
