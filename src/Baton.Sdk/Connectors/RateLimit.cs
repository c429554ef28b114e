namespace Baton.Sdk.Connectors;

/// <summary>What a target system said about its rate limit.</summary>
/// <param name="Limit">Requests a window; null when not said.</param>
/// <param name="Remaining">Requests left in the window; null when not said.</param>
/// <param name="ResetAt">When the window ends.</param>
public sealed record RateLimit(long? Limit, long? Remaining, DateTimeOffset ResetAt);
