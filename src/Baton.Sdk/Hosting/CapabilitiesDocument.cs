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
        var capabilities = new ConnectorCapabilities { CredentialDetails = Credentials(connector) };
        capabilities.ResourceTypeCapabilities.Add(connector.Syncers.Select(OfType).OrderBy(type => type.ResourceType.Id, StringComparer.Ordinal));
        capabilities.ConnectorCapabilities_.Add(
            capabilities.ResourceTypeCapabilities.SelectMany(type => type.Capabilities).Concat(OfWhole(connector)).Distinct().Order());
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

        if (syncer is IGrantProvisioner)
        {
            capability.Capabilities.Add(Capability.Provision);
        }

        if (syncer is IAccountProvisioner)
        {
            capability.Capabilities.Add(Capability.AccountProvisioning);
        }

        if (syncer is IResourceDeleter)
        {
            capability.Capabilities.Add(Capability.ResourceDelete);
        }

        return capability;
    }

    // There is one such statement for the whole connector: that of the type that new accounts are of unless another is named.
    private static CredentialDetails Credentials(IConnector connector)
    {
        var provisioners = connector.Syncers.OfType<IAccountProvisioner>().ToList();
        var usual = provisioners is [var only] ? only : connector.Syncers.FirstOrDefault(syncer => syncer.Type.Id == "user") as IAccountProvisioner;
        return new() { CapabilityAccountProvisioning = usual?.Credentials };
    }

    // Actions are said of the connector, also those of a resource type.
    private static IEnumerable<Capability> OfWhole(IConnector connector) => connector.Actions.Count > 0 ? [Capability.Actions] : [];
}
