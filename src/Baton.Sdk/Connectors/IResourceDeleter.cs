using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Connectors;

/// <summary>A type whose resources can be deleted. Implemented by the type's <see cref="IResourceSyncer"/>.</summary>
public interface IResourceDeleter
{
    /// <summary>Deletes the resource; one that is not there is a success, with <c>ResourceDoesNotExist</c>.</summary>
    /// <exception cref="ConnectorException">It cannot be deleted, or must not.</exception>
    Task<ChangeOutcome> DeleteResourceAsync(ResourceId id, ResourceId? parent, Change change, CancellationToken cancellationToken);
}
