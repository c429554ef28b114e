namespace Baton.Sdk.Provisioning;

/// <summary>A change that did not fail.</summary>
/// <param name="Response">What the platform is answered.</param>
/// <param name="Summary">One line for people.</param>
internal sealed record Carried<TResponse>(TResponse Response, string Summary)
{
    /// <summary>Nothing was to be done, and no annotation says so.</summary>
    public bool IsAlready { get; init; }

    /// <summary>Of a failure that is told in the response; null when it is none.</summary>
    public Grpc.Core.StatusCode? Failure { get; init; }
}
