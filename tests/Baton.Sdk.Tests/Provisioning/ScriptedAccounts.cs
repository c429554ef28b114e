using System.Globalization;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Tests.Provisioning;

/// <summary>A connector whose types make accounts as a test says, or none.</summary>
internal sealed class ScriptedAccounts(params IReadOnlyList<IResourceSyncer> types) : IConnector
{
    public ConnectorMetadata Metadata { get; } = new() { DisplayName = "Scripted" };

    public IReadOnlyList<IResourceSyncer> Syncers => types;

    public static Resource Account(int id) => new() { Id = Ids.Resource("user", id.ToString(CultureInfo.InvariantCulture)) };

    public Task ValidateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A type that only lists, which is nothing.</summary>
internal class ScriptedListing(string id) : IResourceSyncer
{
    public ResourceType Type { get; } = new() { Id = id };

    public IAsyncEnumerable<Page<Resource>> ListResourcesAsync(ResourceId? parent, PageRequest request, CancellationToken cancellationToken)
        => AsyncEnumerable.Empty<Page<Resource>>();
}

/// <summary>A type whose accounts are made by a function.</summary>
internal sealed class ScriptedCreation(string id, Func<AccountInfo, CredentialRequest, Change, AccountOutcome> create) : ScriptedListing(id), IAccountProvisioner
{
    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    public CredentialDetailsAccountProvisioning Credentials { get; } = new();

    public async Task<AccountOutcome> CreateAccountAsync(AccountInfo account, CredentialRequest credential, Change change, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Calls++;
        return create(account, credential, change);
    }
}
