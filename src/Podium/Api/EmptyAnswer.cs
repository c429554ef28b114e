namespace Podium.Api;

/// <summary><c>{}</c>: that something was done. Clients take no answer without a body.</summary>
internal sealed record EmptyAnswer;
