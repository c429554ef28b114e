using Baton.Grafana.Api;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using CredentialType = Baton.Protocol.Connector.V2.SecretTrait.Types.CredentialType;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>A token of a service account as a resource: what it is called, when it ends, when it was used; never its key.</summary>
internal static class ServiceAccountTokenResource
{
    public const string TypeId = "service_account_token";

    public static Resource Make(long serviceAccountId, GrafanaToken token)
    {
        var account = ServiceAccountResource.IdOf(serviceAccountId);
        var resource = new Resource
        {
            Id = Ids.Resource(TypeId, new TokenHandle(serviceAccountId, token.Id).ToString()),
            ParentResourceId = account,
            DisplayName = !string.IsNullOrEmpty(token.Name) ? token.Name : $"token-{token.Id}",
            Status = token.IsRevoked == true ? new() { Status_ = ResourceStatus.Disabled, Details = "revoked" } : null,
            CreatedAt = GrafanaTime.Parse(token.Created)?.ToTimestamp(),
        };
        resource.Annotations.Add(Annotations.Of(new SecretTrait
        {
            IdentityId = account,
            CredentialType = CredentialType.StaticSecret,
            CredentialDetail = "grafana.service_account_token",
            LastUsedAt = GrafanaTime.Parse(token.LastUsedAt)?.ToTimestamp(),
            ExpiresAt = GrafanaTime.Parse(token.Expiration)?.ToTimestamp(),
        }));
        return resource;
    }
}
