namespace Baton.Sdk.Provisioning;

/// <summary>A change that did not fail.</summary>
/// <param name="Response">What the platform is answered.</param>
/// <param name="Summary">One line for people.</param>
internal sealed record Carried<TResponse>(TResponse Response, string Summary);
