using Podium.Look;

namespace Podium.SignIn;

/// <summary>One's own sessions.</summary>
internal static class SessionPages
{
    public static void MapSessionPages(this WebApplication application)
    {
        application.MapGet("/profile/sessions", ShowAsync);
        application.MapForm("/profile/sessions", EndAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Sessions sessions) => Page.Of<SessionsPage, SessionsModel>(new(
        await sessions.ListAsync(context.SignedInCaller().PersonId, context.RequestAborted),
        context.SignedInCaller().SessionId,
        context.Request.Query["said"] == "ended" ? "The session has ended." : null));

    private static async Task<IResult> EndAsync(HttpContext context, Sessions sessions)
    {
        var caller = context.SignedInCaller();
        var form = await context.ReadPostedFormAsync();
        if (form["session"] == "others")
        {
            foreach (var session in await sessions.ListAsync(caller.PersonId, context.RequestAborted))
            {
                if (session.Id != caller.SessionId)
                {
                    await sessions.EndAsync(session.Id, caller.PersonId, caller.Actor, context.RequestAborted);
                }
            }
        }
        else if (long.TryParse(form["session"], out var id))
        {
            await sessions.EndAsync(id, caller.PersonId, caller.Actor, context.RequestAborted);
        }
        else
        {
            return Results.BadRequest();
        }

        return Page.SeeOther("/profile/sessions?said=ended");
    }
}

internal sealed record SessionsModel(IReadOnlyList<SessionRow> Sessions, long? Own, string? Said);
