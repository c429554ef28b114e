using System.Runtime.CompilerServices;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Sample;

/// <summary>Everybody who is in some group.</summary>
internal sealed class PersonSyncer(GroupFile file) : IResourceSyncer
{
    public const string TypeId = "user";

    public ResourceType Type { get; } = new()
    {
        Id = TypeId,
        DisplayName = "Person",
        Traits = { ResourceType.Types.Trait.User },
        Annotations = { Annotations.Of(new SkipEntitlementsAndGrants()) },
    };

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var groups = await file.ReadAsync(cancellationToken);
        yield return new([.. groups.Values.SelectMany(members => members).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Make)]);
    }

    private static Resource Make(string name) => new()
    {
        Id = Ids.Resource(TypeId, name),
        DisplayName = name,
        Annotations = { Annotations.Of(new UserTrait { Login = name, AccountType = UserTrait.Types.AccountType.Human }) },
    };
}
