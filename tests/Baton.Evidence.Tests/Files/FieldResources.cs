using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using TraitStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Evidence.Tests.Files;

/// <summary>What the Grafana connector writes, as far as tools have answered it wrongly.</summary>
internal static class FieldResources
{
    public static Resource Invitation(string id, string email)
    {
        var invitation = TemporaryFile.Resource("user", id, email);
        invitation.Status = new() { Status_ = ResourceStatus.Disabled, Details = "pending invitation" };
        invitation.Annotations.Add(Any.Pack(new UserTrait
        {
            AccountType = UserTrait.Types.AccountType.Human,
            Emails = { new UserTrait.Types.Email { Address = email, IsPrimary = true } },
#pragma warning disable CS0612
            Status = new() { Status_ = TraitStatus.Disabled, Details = "pending invitation" },
#pragma warning restore CS0612
        }));
        return invitation;
    }

    public static Resource Token(string id, string name, bool isRevoked)
    {
        var token = TemporaryFile.Resource("service_account_token", id, name);
        token.Status = isRevoked ? new() { Status_ = ResourceStatus.Disabled, Details = "revoked" } : null;
        token.Annotations.Add(Any.Pack(new SecretTrait { IdentityId = new() { ResourceType = "service_account", Resource = "1" } }));
        return token;
    }

    public static Resource Team(string id, string name, Resource organization)
    {
        var team = TemporaryFile.Resource("team", id, name);
        team.ParentResourceId = organization.Id;
        return team;
    }
}
