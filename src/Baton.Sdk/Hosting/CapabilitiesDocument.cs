using Baton.Protocol;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Hosting;

/// <summary>What a connector can do, derived from the interfaces that its types implement.</summary>
internal static class CapabilitiesDocument
{
    public static ConnectorCapabilities Of(IConnector connector)
    {
        var capabilities = new ConnectorCapabilities { CredentialDetails = new CredentialDetails() };
        capabilities.ResourceTypeCapabilities.Add(connector.Syncers.Select(OfType).OrderBy(type => type.ResourceType.Id, StringComparer.Ordinal));
        capabilities.ConnectorCapabilities_.Add(
            capabilities.ResourceTypeCapabilities.SelectMany(type => type.Capabilities).Distinct().Order());
        return capabilities;
    }

    /// <summary>The document as it is printed: indented, without a line break at its end.</summary>
    public static string Print(IConnector connector)
    {
        var settings = JsonFormatter.Settings.Default.WithIndentation("  ").WithTypeRegistry(ProtocolTypes.Registry);
        return new JsonFormatter(settings).Format(Any.Pack(Of(connector)));
    }

    private static ResourceTypeCapability OfType(IResourceSyncer syncer)
    {
        var type = syncer.Type;
        var capability = new ResourceTypeCapability
        {
            ResourceType = type,
            Permissions = Annotations.Find<CapabilityPermissions>(type.Annotations) ?? new CapabilityPermissions(),
            OptInRequired = Annotations.Has(type.Annotations, OptInRequired.Descriptor),
        };
        capability.Capabilities.Add(Capability.Sync);
        if (syncer is IResourceGetter)
        {
            capability.Capabilities.Add(Capability.TargetedSync);
        }

        return capability;
    }
}
