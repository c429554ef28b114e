using System.Runtime.CompilerServices;
using Baton.Grafana.Listings;
using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>Tokens of service accounts: the resource type <c>service_account_token</c>, which is there only where it is asked for.</summary>
internal sealed class ServiceAccountTokenSyncer(ServiceAccountDirectory directory, TokenRemoval removal) : IResourceSyncer, IResourceGetter, IResourceDeleter
{
    public static ResourceType TokenType { get; } = MakeType();

    public ResourceType Type => TokenType;

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var accounts in directory.ListAsync(request.Sync, cancellationToken))
        {
            await foreach (var tokens in ReadAhead.InOrderAsync(accounts, request.Sync.Parallelism, ReadAsync, cancellationToken))
            {
                foreach (var few in tokens.Chunk(PageSize.Written))
                {
                    yield return new(few);
                }
            }
        }
    }

    public async Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
    {
        var handle = TokenHandle.Parse(id);
        return await directory.FindAsync(handle.ServiceAccountId, cancellationToken) is { } account
            ? (await ReadAsync(account, cancellationToken)).FirstOrDefault(token => token.Id.Resource == id.Resource)
            : null;
    }

    public Task<ChangeOutcome> DeleteResourceAsync(ResourceId id, ResourceId? parent, Change change, CancellationToken cancellationToken)
    {
        var handle = TokenHandle.Parse(id);
        return parent is { Resource.Length: > 0 } && TokenHandle.ParseServiceAccount(parent) != handle.ServiceAccountId
            ? throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Tokens}the token {handle} does not belong to service account {parent.Resource}")
            : removal.RunAsync(handle, change, cancellationToken);
    }

    private static async Task<IReadOnlyList<Resource>> ReadAsync(PlacedServiceAccount account, CancellationToken cancellationToken)
        => [.. (await TokenListing.ReadAsync(account, cancellationToken) ?? []).Select(token => ServiceAccountTokenResource.Make(account.Id, token))];

    private static ResourceType MakeType()
    {
        var type = new ResourceType
        {
            Id = ServiceAccountTokenResource.TypeId,
            DisplayName = "Service Account Token",
            Description = "A Grafana service-account token. Owned by, and deleted through, its service account.",
        };
        type.Traits.Add(ResourceType.Types.Trait.Secret);
        type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));
        type.Annotations.Add(Annotations.Of(new OptInRequired()));
        type.Annotations.Add(PermissionTable.AnnotationFor(ServiceAccountTokenResource.TypeId));
        return type;
    }
}
