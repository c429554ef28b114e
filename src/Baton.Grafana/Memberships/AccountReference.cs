using System.Globalization;
using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>An account as a request names it: by its id, and by the logins that the platform remembers of it, which may be out of date.</summary>
/// <param name="Id">Grafana's id.</param>
/// <param name="Hints">What it can be searched by, the likeliest first; may be empty.</param>
internal sealed record AccountReference(long Id, IReadOnlyList<string> Hints)
{
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: it is no account, or its id is none of Grafana's.</exception>
    public static AccountReference Of(Resource? principal)
    {
        if (principal?.Id is not { } id)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Connector}the principal has no id");
        }

        if (id.ResourceType != UserSyncer.TypeId)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Connector}principal must be a user, got {id.ResourceType}");
        }

        return new(ParseId(id), [.. HintsOf(principal).Where(hint => hint.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: the id is none of Grafana's.</exception>
    public static long ParseId(ResourceId id)
        => long.TryParse(id.Resource, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Connector}invalid user ID {id.Resource}: it must be a number");

    // The login is in the profile, in the trait and, as upstream wrote it, the display name.
    private static IEnumerable<string> HintsOf(Resource principal)
    {
        var trait = Annotations.Find<UserTrait>(principal.Annotations);
        yield return Text(principal.Profile, "login");
        yield return trait?.Login ?? "";
        yield return Text(principal.Profile, "email");
        yield return trait?.Emails.FirstOrDefault(email => email.IsPrimary)?.Address ?? "";
        yield return principal.DisplayName;
    }

    private static string Text(Google.Protobuf.WellKnownTypes.Struct? profile, string key)
        => profile?.Fields.TryGetValue(key, out var value) == true ? value.StringValue : "";
}
