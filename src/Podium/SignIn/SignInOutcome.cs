namespace Podium.SignIn;

/// <param name="Result">What became of the try.</param>
/// <param name="TriesLeft">Before the next pause.</param>
/// <param name="Pause">How long the pause is, or lasts still.</param>
internal sealed record SignInOutcome(SignInResult Result, int TriesLeft, TimeSpan Pause)
{
    public static SignInOutcome SignedIn { get; } = new(SignInResult.SignedIn, SignInTries.Allowed, TimeSpan.Zero);

    /// <summary>The same whether there is such an account or not; empty when signed in.</summary>
    public string Message => Result switch
    {
        SignInResult.SignedIn => "",
        SignInResult.Paused => $"Too many tries. The next one is in {Minutes(Pause)}.",
        _ when TriesLeft == 0 => $"E-mail or password is wrong. The next try is in {Minutes(Pause)}.",
        _ => $"E-mail or password is wrong. {TriesLeft} {(TriesLeft == 1 ? "try" : "tries")} left, then a pause of {Minutes(Pause)}.",
    };

    private static string Minutes(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalMinutes)) is var minutes && minutes == 1 ? "1 minute" : $"{minutes} minutes";
}
