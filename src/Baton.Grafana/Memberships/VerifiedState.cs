using System.Globalization;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Memberships;

/// <summary>
/// What was read back after a change, since Grafana's 200 proves nothing. It goes to the platform as a <c>GrantMetadata</c> annotation
/// with <c>verified_role</c> (empty: no member), <c>verified_at</c> (RFC 3339) and <c>grafana_version</c>.
/// </summary>
/// <param name="Role">In Grafana's words; empty when the account is no member.</param>
/// <param name="At">When it was read.</param>
/// <param name="Server">Which Grafana said so.</param>
internal sealed record VerifiedState(string Role, DateTimeOffset At, ServerBuild Server)
{
    private const string RoleKey = "verified_role";

    public Any Annotation => Annotations.Of(new GrantMetadata
    {
        Metadata = new Struct
        {
            Fields =
            {
                [RoleKey] = Value.ForString(Role),
                ["verified_at"] = Value.ForString(Time),
                ["grafana_version"] = Value.ForString(Server.Text),
            },
        },
    });

    /// <summary>The role in the annotations of an outcome; empty for no member.</summary>
    public static string RoleOf(IEnumerable<Any> annotations)
        => Annotations.Find<GrantMetadata>(annotations)?.Metadata.Fields.TryGetValue(RoleKey, out var role) == true ? role.StringValue : "";

    private string Time => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The end of a summary: when it was read, and from what.</summary>
    public override string ToString() => $"read back at {Time} from {Server}";
}
