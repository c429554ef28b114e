using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Resources;

/// <summary>The Grafana permissions that a resource type needs, as the capabilities document lists them.</summary>
internal static class Permissions
{
    public static Any Annotation(params ReadOnlySpan<string> names)
    {
        var permissions = new CapabilityPermissions();
        foreach (var name in names)
        {
            permissions.Permissions.Add(new CapabilityPermission { Permission = name });
        }

        return Annotations.Of(permissions);
    }
}
