using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Directory;

/// <summary>A listing that does not add up is read again, and refused in the end: what it lacks would look deleted.</summary>
internal static class Incomplete
{
    private const int Attempts = 3;

    /// <exception cref="ConnectorException">That was the last attempt.</exception>
    public static void RequireAnotherTry(int attempt, string what, WalkResult result)
    {
        if (attempt >= Attempts)
        {
            throw new ConnectorException(
                StatusCode.Aborted,
                $"Grafana's list of {what} does not add up: {result.Distinct} were listed of {result.LastTotal}, {Attempts} times over; "
                + "is somebody creating or deleting accounts in bulk? Run the sync again");
        }
    }
}
