using Baton.Protocol.ConnectorApi.V1;

namespace Baton.Testing.ControlPlane.Tasks;

/// <summary>How a task ended.</summary>
/// <param name="HostId">Who said so.</param>
/// <param name="At">By the control plane's clock.</param>
/// <param name="Request">What was said; null for a hello task, which is ended by a hello.</param>
public sealed record TaskEnd(string HostId, DateTimeOffset At, BatonServiceFinishTaskRequest? Request)
{
    public bool Succeeded => Request is null or { Success: not null };

    public override string ToString() => Succeeded ? "succeeded" : $"failed with {Request!.Status?.Code}: {Request.Status?.Message}";
}
