namespace Baton.Cli.Explorer.Api;

/// <summary>What is answered instead, when a request cannot be answered.</summary>
internal sealed record ApiFailure(ApiError Error);

internal sealed record ApiError(string Code, string Message);
