using Podium.Look;

namespace Podium.SignIn;

/// <summary>Signing in and out, and the first person of a new server.</summary>
internal static class SignInPages
{
    public static void MapSignInPages(this WebApplication application)
    {
        application.MapGet("/sign-in", ShowSignInAsync);
        application.MapForm("/sign-in", SignInAsync);
        application.MapForm("/sign-out", SignOutAsync);
        application.MapGet("/set-up/{token}", ShowSetUpAsync);
        application.MapForm("/set-up/{token}", SetUpAsync);
    }

    private static async Task<IResult> ShowSignInAsync(HttpContext context, SetUp setUp)
    {
        var target = ReturnUrl.Safe(context.Request.Query["return"]);
        return context.Caller() is not null
            ? Page.SeeOther(target)
            : Page.Of<SignInPage, SignInModel>(new() { Return = target, IsNew = await setUp.IsOpenAsync(context.RequestAborted) });
    }

    private static async Task<IResult> SignInAsync(HttpContext context, PasswordSignIn signIn)
    {
        var form = await context.ReadPostedFormAsync();
        var target = ReturnUrl.Safe(form["return"]);
        var outcome = await signIn.SignInAsync(context, form["email"], form.Exact("password"), context.RequestAborted);
        return outcome.Result == SignInResult.SignedIn
            ? Page.SeeOther(target)
            : Page.Of<SignInPage, SignInModel>(
                new() { Return = target, Email = form["email"], Problem = outcome.Message },
                outcome.Result == SignInResult.Paused ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignOut signOut)
    {
        await signOut.SignOutAsync(context, context.RequestAborted);
        return Page.SeeOther("/sign-in");
    }

    private static async Task<IResult> ShowSetUpAsync(string token, SetUp setUp, CancellationToken cancellationToken)
        => await setUp.IsGoodAsync(token, cancellationToken)
            ? Page.Of<SetUpPage, SetUpModel>(new() { Token = token })
            : Page.Of<SetUpPage, SetUpModel>(new() { Token = token, IsEnded = true }, StatusCodes.Status404NotFound);

    private static async Task<IResult> SetUpAsync(string token, HttpContext context, SetUp setUp)
    {
        var form = await context.ReadPostedFormAsync();
        var answers = new SetUpAnswers(form[nameof(SetUpAnswers.DisplayName)], form[nameof(SetUpAnswers.Email)], form.Exact(nameof(SetUpAnswers.Password)));
        var outcome = await setUp.CompleteAsync(context, token, answers, context.RequestAborted);
        return outcome.Done
            ? Page.SeeOther("/")
            : Page.Of<SetUpPage, SetUpModel>(
                new()
                {
                    Token = token,
                    DisplayName = answers.DisplayName,
                    Email = answers.Email,
                    Problems = outcome.Problems,
                    IsEnded = outcome.Problems.ContainsKey(""),
                },
                StatusCodes.Status422UnprocessableEntity);
    }
}

internal sealed record SignInModel
{
    public required string Return { get; init; }

    public string? Email { get; init; }

    public string? Problem { get; init; }

    /// <summary>Nobody can sign in yet.</summary>
    public bool IsNew { get; init; }
}

internal sealed record SetUpModel
{
    public required string Token { get; init; }

    public bool IsEnded { get; init; }

    public string? DisplayName { get; init; }

    public string? Email { get; init; }

    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
