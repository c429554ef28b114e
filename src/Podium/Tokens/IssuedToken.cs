namespace Podium.Tokens;

/// <summary>The only time that the token is in plain text here.</summary>
/// <param name="Token">What the client shows.</param>
/// <param name="ExpiresIn">Seconds.</param>
internal sealed record IssuedToken(string Token, int ExpiresIn)
{
    public override string ToString() => $"a token for {ExpiresIn} s";
}
