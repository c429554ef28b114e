using Podium.Data;
using Podium.Look;
using Podium.Tokens;

namespace Podium.SignIn;

/// <summary>One's own API keys.</summary>
internal static class ApiKeyPages
{
    public static void MapApiKeyPages(this WebApplication application)
    {
        application.MapGet("/settings/api-keys", ShowAsync);
        application.MapForm("/settings/api-keys", CreateAsync);
        application.MapForm("/settings/api-keys/revoke", RevokeAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ApiKeys keys, Reader reader) => Page.Of<ApiKeysPage, ApiKeysModel>(new()
    {
        Keys = await keys.ListAsync(context.SignedInCaller().PersonId, context.RequestAborted),
        WantsPassword = !context.SignedInCaller().IsFresh(reader.Now),
        Said = context.Request.Query["said"] == "revoked" ? "The key has ended; what uses it is refused from now on." : null,
    });

    // The secret is in this answer and nowhere else: no redirect could carry it.
    private static async Task<IResult> CreateAsync(HttpContext context, ApiKeys keys, FreshSignIn fresh, Reader reader)
    {
        var caller = context.SignedInCaller();
        var form = await context.ReadPostedFormAsync();
        var name = form["name"];
        var days = int.TryParse(form["days"], out var number) ? number : 0;
        string? problem = null;
        NewCredential? made = null;
        if (!caller.IsFresh(reader.Now))
        {
            var outcome = await fresh.ConfirmAsync(context, form.Exact("password"), context.RequestAborted);
            if (outcome.Result != SignInResult.SignedIn)
            {
                problem = outcome.Message;
                return await ShowAgainAsync("password");
            }

            caller = context.SignedInCaller();
        }

        try
        {
            if (name.Length is 0 or > 100)
            {
                throw new Refusal("A key needs a name of at most 100 characters, so that it can be told from others.");
            }

            if (days is < 1 or > 365)
            {
                throw new Refusal("A key works for 1 to 365 days.", "days");
            }

            made = await keys.CreateAsync(caller, new(name, ApiKeyLimits.None, TimeSpan.FromDays(days)), context.RequestAborted);
        }
        catch (Refusal refusal)
        {
            problem = refusal.Message;
            return await ShowAgainAsync(refusal.Field == "days" ? "days" : "name");
        }

        return Page.Of<ApiKeysPage, ApiKeysModel>(new() { Keys = await keys.ListAsync(caller.PersonId, context.RequestAborted), Made = made });

        async Task<IResult> ShowAgainAsync(string field) => Page.Of<ApiKeysPage, ApiKeysModel>(
            new() { Keys = await keys.ListAsync(caller.PersonId, context.RequestAborted), Name = name, Days = form["days"], Field = field, Problem = problem, WantsPassword = !caller.IsFresh(reader.Now) },
            StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, ApiKeys keys)
    {
        var caller = context.SignedInCaller();
        var form = await context.ReadPostedFormAsync();
        return Ksuid.TryParse(form["key"], out var id) && await keys.RevokeAsync(caller.PersonId, id, caller.Actor, context.RequestAborted)
            ? Page.SeeOther("/settings/api-keys?said=revoked")
            : Results.NotFound();
    }
}

internal sealed record ApiKeysModel
{
    public required IReadOnlyList<ApiKeyRow> Keys { get; init; }

    /// <summary>Made by this very request, shown this once.</summary>
    public NewCredential? Made { get; init; }

    /// <summary>A key is made only by who has just proved to be there.</summary>
    public bool WantsPassword { get; init; }

    public string Name { get; init; } = "";

    public string Days { get; init; } = "90";

    public string? Field { get; init; }

    public string? Problem { get; init; }

    public string? Said { get; init; }
}
