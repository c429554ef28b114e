using System.Globalization;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using NhiType = Baton.Protocol.Connector.V2.NonHumanIdentityTrait.Types.NhiType;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using UserStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>A service account as a resource. The profile keys are a contract: upstream's, and some more.</summary>
internal static class ServiceAccountResource
{
    public const string TypeId = "service_account";

    public static ResourceId IdOf(long id) => Ids.Resource(TypeId, id.ToString(CultureInfo.InvariantCulture));

    public static Resource Make(PlacedServiceAccount account)
    {
        var profile = Profile(account);
        var trait = new UserTrait { AccountType = UserTrait.Types.AccountType.Service, Login = account.Row.Login ?? "" };

        // Older readers and the platform look for these in the trait; newer ones on the resource, where they are too.
#pragma warning disable CS0612
        trait.Profile = profile;
        trait.Status = new UserTrait.Types.Status { Status_ = Status(account.Row.IsDisabled) };
#pragma warning restore CS0612
        var resource = new Resource { Id = IdOf(account.Id), DisplayName = account.Name, Profile = profile };
        if (account.Row.IsDisabled is { } disabled)
        {
            resource.Status = new Protocol.Connector.V2.Status { Status_ = disabled ? ResourceStatus.Disabled : ResourceStatus.Enabled };
        }

        resource.Annotations.Add(Annotations.Of(trait));
        resource.Annotations.Add(Annotations.Of(new NonHumanIdentityTrait { NhiType = NhiType.AppRegistration, NhiDetail = "grafana.service_account" }));
        return resource;
    }

    private static Struct Profile(PlacedServiceAccount account)
    {
        var row = account.Row;
        var profile = new Struct();
        var fields = profile.Fields;
        fields["service_account_id"] = Value.ForNumber(row.Id);
        fields["uid"] = Value.ForString(row.Uid ?? "");
        fields["login"] = Value.ForString(row.Login ?? "");
        fields["org_id"] = Value.ForString(account.View.Organization.Id.ToString(CultureInfo.InvariantCulture));
        fields["org_name"] = Value.ForString(account.View.Organization.Name);
        fields["role"] = Value.ForString(row.Role ?? "");
        fields["is_external"] = Value.ForBool(row.IsExternal == true);
        if (row.Tokens is { } tokens)
        {
            fields["tokens"] = Value.ForNumber(tokens);
        }

        if (row.IsDisabled is { } disabled)
        {
            fields["is_disabled"] = Value.ForBool(disabled);
        }

        return profile;
    }

    private static UserStatus Status(bool? disabled) => disabled switch
    {
        true => UserStatus.Disabled,
        false => UserStatus.Enabled,
        null => UserStatus.Unspecified,
    };
}
