using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Listings;

/// <summary>A listing that does not add up is read again, and refused in the end: what it lacks would look deleted.</summary>
internal static class Incomplete
{
    private const int Attempts = 3;

    /// <exception cref="ConnectorException">That was the last attempt.</exception>
    public static void RequireAnotherTry(int attempt, string what, WalkResult result)
        => RequireAnotherTry(
            attempt,
            what,
            $"{result.Distinct} were listed of {result.LastTotal}",
            result.FirstTotal == result.LastTotal
                ? "nothing changed meanwhile, so that something between here and Grafana leaves rows out, or adds some; ask whoever runs it"
                : null);

    /// <inheritdoc cref="RequireAnotherTry(int, string, WalkResult)"/>
    public static void RequireAnotherTry(int attempt, string what, string difference, string? reason = null)
    {
        if (attempt >= Attempts)
        {
            throw new ConnectorException(
                StatusCode.Aborted,
                $"Grafana's list of {what} does not add up: {difference}, {Attempts} times over; {reason ?? $"is somebody creating or deleting {what} in bulk? Run the sync again"}");
        }
    }

    /// <summary>What one answer says and another does not. It was looked at twice.</summary>
    public static ConnectorException Contradicts(string one, string other) => new(
        StatusCode.Aborted,
        $"Grafana contradicts itself: {one}, but {other}. Nothing is taken for deleted; run the sync again, and if it says the same, look for a gateway that changes Grafana's answers");
}
