using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Connectors;

/// <summary>A type whose entitlements can be granted and revoked. Implemented by the type's <see cref="IResourceSyncer"/>.</summary>
/// <remarks>
/// What is passed was read from a sync, perhaps of another connector: rely on ids alone. A change that may have happened although its
/// answer was lost is looked up, not repeated blindly; what holds already is an outcome (<c>GrantAlreadyExists</c>,
/// <c>GrantAlreadyRevoked</c>), not a failure.
/// </remarks>
public interface IGrantProvisioner
{
    /// <exception cref="ConnectorException">It cannot be granted; nothing was changed unless the message says so.</exception>
    Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken);

    /// <exception cref="ConnectorException">It cannot be revoked; nothing was changed unless the message says so.</exception>
    Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken);
}
