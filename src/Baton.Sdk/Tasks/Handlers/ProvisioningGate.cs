using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>Whether this process may change anything (<c>--provisioning</c>).</summary>
internal sealed record ProvisioningGate(bool IsOpen)
{
    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: it may not.</exception>
    public void Require()
    {
        if (!IsOpen)
        {
            throw new ConnectorException(StatusCode.FailedPrecondition, "provisioning is not enabled");
        }
    }
}
