using Baton.Protocol;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Hosting;

/// <summary>What a connector can do, derived from the interfaces that its types implement.</summary>
internal static class CapabilitiesDocument
{
    /// <exception cref="InvalidOperationException">The connector issues credentials that it cannot delete.</exception>
    public static ConnectorCapabilities Of(IConnector connector)
    {
        var capabilities = new ConnectorCapabilities { CredentialDetails = Credentials(connector) };
        capabilities.ResourceTypeCapabilities.Add(connector.Syncers.Select(syncer => OfType(syncer, connector)).OrderBy(type => type.ResourceType.Id, StringComparer.Ordinal));
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

    private static ResourceTypeCapability OfType(IResourceSyncer syncer, IConnector connector)
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

        if (syncer is ICredentialIssuer issuer)
        {
            capability.Capabilities.Add(Capability.CredentialIssue);
            capability.CredentialIssue = Issuance(issuer, connector);
        }

        return capability;
    }

    // A platform that has a credential made must be able to end it. A connector that cannot is broken, rather than less able.
    private static CredentialDetailsCredentialIssue Issuance(ICredentialIssuer issuer, IConnector connector)
    {
        var lasting = issuer.Issuance.Options.FirstOrDefault(
            option => connector.Syncers.FirstOrDefault(syncer => syncer.Type.Id == option.SecretResourceTypeId) is not IResourceDeleter);
        return lasting is null
            ? issuer.Issuance
            : throw new InvalidOperationException($"The connector issues credentials of the type '{lasting.SecretResourceTypeId}', which it does not delete.");
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
