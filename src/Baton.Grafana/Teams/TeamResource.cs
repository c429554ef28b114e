using System.Globalization;
using Baton.Grafana.Api;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>A team as a resource, and what a resource says about the team. The profile keys are a contract: upstream's, and two more.</summary>
internal static class TeamResource
{
    private const string OrganizationKey = "org_id";
    private const string CountKey = "member_count";
    private const string ProvisionedKey = "is_provisioned";

    /// <param name="team">The team.</param>
    /// <param name="organizationId">Where it was found.</param>
    public static Resource Make(GrafanaTeam team, long organizationId)
    {
        var resource = new Resource { Id = IdOf(team.Id), DisplayName = team.Name ?? "", Profile = Profile(team, organizationId) };
        var trait = new GroupTrait();

        // Older readers look for it here.
#pragma warning disable CS0612
        trait.Profile = resource.Profile;
#pragma warning restore CS0612
        resource.Annotations.Add(Annotations.Of(trait));
        return resource;
    }

    public static ResourceId IdOf(long teamId) => Ids.Resource(TeamSyncer.TypeId, teamId.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: it names no team, or no organization.</exception>
    public static TeamReference Read(Resource resource) => new(
        ParseId(resource.Id) ?? throw Wrong($"invalid team id {resource.Id.Resource}"),
        OrganizationOf(resource) ?? throw Wrong($"team {resource.Id.Resource} says no organization (profile {OrganizationKey})"),
        resource.DisplayName,
        Field(resource, CountKey) is { KindCase: Value.KindOneofCase.NumberValue } count ? (long)count.NumberValue : null,
        Field(resource, ProvisionedKey)?.BoolValue == true);

    /// <summary>Null when the id is none of Grafana's.</summary>
    public static long? ParseId(ResourceId id) => Parse(id.Resource);

    /// <summary>The team's organization: a text, and a number as some versions of upstream wrote it; null when it is not told.</summary>
    public static long? OrganizationOf(Resource? resource) => Field(resource, OrganizationKey) switch
    {
        { KindCase: Value.KindOneofCase.StringValue } text => Parse(text.StringValue),
        { KindCase: Value.KindOneofCase.NumberValue, NumberValue: > 0 and < long.MaxValue } number => (long)number.NumberValue,
        _ => null,
    };

    /// <summary>The team as grants refer to it. It says where the team is, so that a grant can be revoked without a search.</summary>
    public static Resource Reference(Resource team)
    {
        var reference = new Resource { Id = team.Id, DisplayName = team.DisplayName };
        if (Field(team, OrganizationKey) is { } organization)
        {
            reference.Profile = new Struct { Fields = { [OrganizationKey] = organization } };
        }

        return reference;
    }

    private static Struct Profile(GrafanaTeam team, long organizationId)
    {
        var profile = new Struct();
        var fields = profile.Fields;
        fields["team_id"] = Value.ForNumber(team.Id);
        fields["uid"] = Value.ForString(team.Uid ?? "");
        fields[OrganizationKey] = Value.ForString(organizationId.ToString(CultureInfo.InvariantCulture));
        fields["email"] = Value.ForString(team.Email ?? "");
        fields[CountKey] = Value.ForNumber(team.MemberCount);
        if (team.IsProvisioned is { } provisioned)
        {
            fields[ProvisionedKey] = Value.ForBool(provisioned);
        }

        if (!string.IsNullOrEmpty(team.ExternalUid))
        {
            fields["external_uid"] = Value.ForString(team.ExternalUid);
        }

        return profile;
    }

    private static Value? Field(Resource? resource, string key)
        => resource?.Profile?.Fields.TryGetValue(key, out var value) == true ? value : null;

    private static long? Parse(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static ConnectorException Wrong(string what) => new(StatusCode.InvalidArgument, $"{Prefix.Connector}{what}");
}
