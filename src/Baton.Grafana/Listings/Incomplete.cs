using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Listings;

/// <summary>A listing that does not add up is read again, and refused in the end: what it lacks would look deleted.</summary>
internal static class Incomplete
{
    private const int Attempts = 3;

    /// <exception cref="ConnectorException">That was the last attempt.</exception>
    public static void RequireAnotherTry(int attempt, string what, WalkResult result)
        => RequireAnotherTry(attempt, what, $"{result.Distinct} were listed of {result.LastTotal}");

    /// <inheritdoc cref="RequireAnotherTry(int, string, WalkResult)"/>
    public static void RequireAnotherTry(int attempt, string what, string difference)
    {
        if (attempt >= Attempts)
        {
            throw new ConnectorException(
                StatusCode.Aborted,
                $"Grafana's list of {what} does not add up: {difference}, {Attempts} times over; is somebody creating or deleting {what} in bulk? Run the sync again");
        }
    }
}
