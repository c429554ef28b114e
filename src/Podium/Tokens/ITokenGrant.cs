namespace Podium.Tokens;

/// <summary>One way to come by a token: a <c>grant_type</c> of the token endpoint.</summary>
internal interface ITokenGrant
{
    string GrantType { get; }

    Task<IResult> AnswerAsync(IFormCollection form, HttpContext http, CancellationToken cancellationToken);
}
