using Grpc.Core;

namespace Baton.Sdk.Hosting.Health;

/// <summary>Whether the target system answers and takes our credential.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Code"><see cref="StatusCode.OK"/> when it does.</param>
/// <param name="Error">Why not; null when it does.</param>
internal sealed record TargetState(DateTimeOffset At, StatusCode Code, string? Error)
{
    public bool IsGood => Error is null;
}
