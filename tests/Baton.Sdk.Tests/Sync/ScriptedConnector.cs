using System.Collections.Concurrent;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync;

/// <summary>A connector made of functions: a test writes those that it cares about.</summary>
internal sealed class ScriptedConnector(params IReadOnlyList<ScriptedType> types) : IConnector
{
    private readonly ConcurrentQueue<string> _calls = new();

    public ConnectorMetadata Metadata { get; init; } = new() { DisplayName = "Scripted" };

    public IReadOnlyList<IResourceSyncer> Syncers => types;

    public IReadOnlyList<ICustomAction> Actions { get; init; } = [];

    public Func<CancellationToken, Task> Validate { get; init; } = _ => Task.CompletedTask;

    /// <summary>What was asked for, in order: <c>resources user</c>, <c>grants group:a</c>, a page token behind it.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public bool WasAskedFor(string call) => _calls.Contains(call, StringComparer.Ordinal);

    public Task ValidateAsync(CancellationToken cancellationToken)
    {
        types.ToList().ForEach(type => type.Called = _calls.Enqueue);
        return Validate(cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A resource type with resources, entitlements and grants, all empty unless a test says otherwise.</summary>
internal class ScriptedType(string id, params IReadOnlyList<Trait> traits) : IResourceSyncer, IEntitlementSyncer, IGrantSyncer
{
    public ResourceType Type { get; } = new() { Id = id, DisplayName = id, Traits = { traits } };

    public Action<string> Called { get; set; } = _ => { };

    public Func<ResourceId?, PageRequest, IAsyncEnumerable<Page<Resource>>> Resources { get; init; } = (_, _) => Pages.None<Resource>();

    public Func<Resource, PageRequest, IAsyncEnumerable<Page<Entitlement>>> Entitlements { get; init; } = (_, _) => Pages.None<Entitlement>();

    public Func<Resource, PageRequest, IAsyncEnumerable<Page<Grant>>> Grants { get; init; } = (_, _) => Pages.None<Grant>();

    public IAsyncEnumerable<Page<Resource>> ListResourcesAsync(ResourceId? parent, PageRequest request, CancellationToken cancellationToken)
    {
        Called($"resources {Type.Id}{(parent is null ? "" : $" below {parent.ResourceType}:{parent.Resource}")}{At(request)}");
        return Resources(parent, request);
    }

    public IAsyncEnumerable<Page<Entitlement>> ListEntitlementsAsync(Resource resource, PageRequest request, CancellationToken cancellationToken)
    {
        Called($"entitlements {resource.Id.ResourceType}:{resource.Id.Resource}{At(request)}");
        return Entitlements(resource, request);
    }

    public IAsyncEnumerable<Page<Grant>> ListGrantsAsync(Resource resource, PageRequest request, CancellationToken cancellationToken)
    {
        Called($"grants {resource.Id.ResourceType}:{resource.Id.Resource}{At(request)}");
        return Grants(resource, request);
    }

    protected static string At(PageRequest request) => request.Token.Length > 0 ? $" at {request.Token}" : "";
}

/// <summary>A type that also has static entitlements.</summary>
internal sealed class ScriptedStaticType(string id, params IReadOnlyList<Trait> traits) : ScriptedType(id, traits), IStaticEntitlementSyncer
{
    public Func<PageRequest, IAsyncEnumerable<Page<Entitlement>>> Templates { get; init; } = _ => Pages.None<Entitlement>();

    public IAsyncEnumerable<Page<Entitlement>> ListStaticEntitlementsAsync(PageRequest request, CancellationToken cancellationToken)
    {
        Called($"static entitlements {Type.Id}{At(request)}");
        return Templates(request);
    }
}

/// <summary>A type whose resources are each in the place that its name says.</summary>
internal sealed class ScriptedPlacedType(string id) : ScriptedType(id), IPlacedSyncer
{
    public IEnumerable<string> PlacesOf(Resource resource) => [resource.DisplayName];
}

/// <summary>A type whose resources can be read one by one.</summary>
internal sealed class ScriptedReadableType(string id, params IReadOnlyList<Trait> traits) : ScriptedType(id, traits), IResourceGetter
{
    public Func<ResourceId, Resource?> Get { get; init; } = _ => null;

    public Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
    {
        Called($"get {id.ResourceType}:{id.Resource}{(parent is null ? "" : $" below {parent.ResourceType}:{parent.Resource}")}");
        return Task.FromResult(Get(id));
    }
}
