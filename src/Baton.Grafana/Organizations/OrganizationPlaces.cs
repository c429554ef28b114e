using System.Globalization;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Organizations;

/// <summary>The organizations that a resource says in its profile that it is in: <c>org_id</c>, or <c>org_ids</c> where there may be several.</summary>
internal static class OrganizationPlaces
{
    public static IEnumerable<string> Of(Resource resource)
    {
        if (resource.Profile is not { } profile)
        {
            return [];
        }

        return profile.Fields.TryGetValue("org_id", out var one) ? Text(one)
            : profile.Fields.TryGetValue("org_ids", out var several) && several.ListValue is { } list ? list.Values.SelectMany(Text)
            : [];
    }

    // A text; a number where an older version of upstream wrote it.
    private static IEnumerable<string> Text(Value value) => value switch
    {
        { KindCase: Value.KindOneofCase.StringValue } => [value.StringValue],
        { KindCase: Value.KindOneofCase.NumberValue } => [value.NumberValue.ToString("0", CultureInfo.InvariantCulture)],
        _ => [],
    };
}
