namespace Podium.SignIn;

internal enum SignInResult
{
    SignedIn,
    Refused,
    Paused,
}
