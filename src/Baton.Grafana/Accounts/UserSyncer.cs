using System.Globalization;
using System.Runtime.CompilerServices;
using Baton.Grafana.Listings;
using Baton.Grafana.Memberships;
using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>Accounts: the resource type <c>user</c>.</summary>
internal sealed class UserSyncer(IGrafanaDirectory directory, IAccounts accounts, TimeProvider time)
    : IResourceSyncer, IResourceGetter, IAccountProvisioner, IResourceDeleter
{
    public const string TypeId = "user";

    public static ResourceType UserType { get; } = MakeType();

    public ResourceType Type => UserType;

    public CredentialDetailsAccountProvisioning Credentials => accounts.Credentials;

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // No page has a token: a list that is paged by offset cannot be gone on with later without missing those who moved meanwhile.
        var now = time.GetUtcNow();
        await foreach (var slice in directory.ListAccountsAsync(request.Sync, cancellationToken))
        {
            foreach (var few in slice.Chunk(PageSize.Written))
            {
                yield return new([.. few.Select(account => AccountResource.Make(account, now))]);
            }
        }
    }

    public async Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
        => long.TryParse(id.Resource, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await directory.FindAccountAsync(number, cancellationToken) is { } account
            ? AccountResource.Make(account, time.GetUtcNow())
            : null;

    public Task<AccountOutcome> CreateAccountAsync(AccountInfo account, CredentialRequest credential, Change change, CancellationToken cancellationToken)
        => accounts.CreateAsync(AccountDetails.Of(account), credential, change, cancellationToken);

    public Task<ChangeOutcome> DeleteResourceAsync(ResourceId id, ResourceId? parent, Change change, CancellationToken cancellationToken)
        => accounts.DeleteAsync(AccountReference.ParseId(id), change, cancellationToken);

    private static ResourceType MakeType()
    {
        var type = new ResourceType { Id = TypeId, DisplayName = "User" };
        type.Traits.Add(ResourceType.Types.Trait.User);
        type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));
        type.Annotations.Add(PermissionTable.AnnotationFor(TypeId));
        return type;
    }
}
