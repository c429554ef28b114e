using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Tests.Provisioning;

/// <summary>A connector of groups, which are granted and deleted, of users, which are not, and of actions: a test writes what it cares about.</summary>
internal sealed class ChangingConnector : IConnector
{
    private readonly GroupType _groups = new();

    public ConnectorMetadata Metadata { get; } = new() { DisplayName = "Changing" };

    public IReadOnlyList<IResourceSyncer> Syncers => [new UserType(), _groups];

    public IReadOnlyList<ICustomAction> Actions { get; init; } = [];

    public Func<Entitlement, Resource, Change, Task<ChangeOutcome>> Grant
    {
        init => _groups.Grant = value;
    }

    public Func<Grant, Change, Task<ChangeOutcome>> Revoke
    {
        init => _groups.Revoke = value;
    }

    public Func<ResourceId, ResourceId?, Change, Task<ChangeOutcome>> Delete
    {
        init => _groups.Delete = value;
    }

    public Task ValidateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>An action of functions.</summary>
    internal sealed class ScriptedAction(BatonActionSchema schema, Func<Struct, Change, Task<ActionOutcome>> invoke) : ICustomAction
    {
        public BatonActionSchema Schema => schema;

        public Task<ActionOutcome> InvokeAsync(Struct arguments, Change change, CancellationToken cancellationToken) => invoke(arguments, change);
    }

    private class UserType : IResourceSyncer
    {
        public virtual ResourceType Type { get; } = new() { Id = "user" };

        public IAsyncEnumerable<Page<Resource>> ListResourcesAsync(ResourceId? parent, PageRequest request, CancellationToken cancellationToken)
            => AsyncEnumerable.Empty<Page<Resource>>();
    }

    private sealed class GroupType : UserType, IGrantProvisioner, IResourceDeleter
    {
        public override ResourceType Type { get; } = new() { Id = "group" };

        public Func<Entitlement, Resource, Change, Task<ChangeOutcome>> Grant { get; set; } = (_, _, _) => Task.FromResult(new ChangeOutcome("granted"));

        public Func<Grant, Change, Task<ChangeOutcome>> Revoke { get; set; } = (_, _) => Task.FromResult(new ChangeOutcome("revoked"));

        public Func<ResourceId, ResourceId?, Change, Task<ChangeOutcome>> Delete { get; set; } = (_, _, _) => Task.FromResult(new ChangeOutcome("deleted"));

        public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
            => Grant(entitlement, principal, change);

        public Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken) => Revoke(grant, change);

        public Task<ChangeOutcome> DeleteResourceAsync(ResourceId id, ResourceId? parent, Change change, CancellationToken cancellationToken)
            => Delete(id, parent, change);
    }
}
