using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Connectors;

/// <summary>
/// One target system, as the engine sees it. What a resource type can do beyond being listed is said by the interfaces that its
/// <see cref="IResourceSyncer"/> also implements, one small interface a capability.
/// </summary>
public interface IConnector : IAsyncDisposable
{
    /// <summary>Display name, description, account-creation schema. Capabilities are derived and need not be set.</summary>
    ConnectorMetadata Metadata { get; }

    /// <summary>The resource types, in the order in which they are reported.</summary>
    IReadOnlyList<IResourceSyncer> Syncers { get; }

    /// <summary>What it can do beyond grants and accounts, on request.</summary>
    IReadOnlyList<ICustomAction> Actions => [];

    /// <summary>
    /// Proves that the target system answers and that the credential is good for what the connector does. Called before anything else;
    /// the engine repeats it on transient failures only.
    /// </summary>
    /// <exception cref="ConnectorException">It does not, with the reason and the remedy.</exception>
    Task ValidateAsync(CancellationToken cancellationToken);
}

/// <summary>Lists the resources of one type.</summary>
public interface IResourceSyncer
{
    ResourceType Type { get; }

    /// <summary>
    /// Every resource of the type below <paramref name="parent"/>, or every one that has no parent when it is null. Starts at
    /// <see cref="PageRequest.Token"/>.
    /// </summary>
    /// <remarks>Fail closed: throw rather than yield less than there is, since what is missing is taken for deleted.</remarks>
    IAsyncEnumerable<Page<Resource>> ListResourcesAsync(ResourceId? parent, PageRequest request, CancellationToken cancellationToken);
}

/// <summary>A type whose resources each have entitlements of their own.</summary>
public interface IEntitlementSyncer
{
    IAsyncEnumerable<Page<Entitlement>> ListEntitlementsAsync(Resource resource, PageRequest request, CancellationToken cancellationToken);
}

/// <summary>A type whose resources all have the same entitlements: the engine makes one of each template a resource.</summary>
public interface IStaticEntitlementSyncer
{
    IAsyncEnumerable<Page<Entitlement>> ListStaticEntitlementsAsync(PageRequest request, CancellationToken cancellationToken);
}

/// <summary>A type whose resources are granted.</summary>
public interface IGrantSyncer
{
    IAsyncEnumerable<Page<Grant>> ListGrantsAsync(Resource resource, PageRequest request, CancellationToken cancellationToken);
}

/// <summary>A type whose resources can be read one by one, for targeted syncs.</summary>
public interface IResourceGetter
{
    /// <summary>The resource, or null when the target system has none of that id.</summary>
    Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken);
}
