using Google.Protobuf.Reflection;

namespace Baton.Protocol;

/// <summary>Every message of the protocol, for whoever must decode or print an <c>Any</c> without knowing what it holds.</summary>
public static class ProtocolTypes
{
    private static readonly Lazy<TypeRegistry> AllFiles = new(() => TypeRegistry.FromFiles(Files()));

    public static TypeRegistry Registry => AllFiles.Value;

    // One line a .proto file. Listed, since finding them by reflection would not survive trimming.
    private static FileDescriptor[] Files() =>
    [
        C1z.V1.AnnotationSyncDetailsReflection.Descriptor,
        C1z.V1.DiffReflection.Descriptor,
        C1z.V3.ManifestReflection.Descriptor,
        Cli.V1.OutputsReflection.Descriptor,
        Config.V1.ConfigReflection.Descriptor,
        Config.V1.RulesReflection.Descriptor,
        Connector.V2.ActionReflection.Descriptor,
        Connector.V2.AnnotationBatonIdReflection.Descriptor,
        Connector.V2.AnnotationEntitlementReflection.Descriptor,
        Connector.V2.AnnotationEtagReflection.Descriptor,
        Connector.V2.AnnotationExclusionGroupReflection.Descriptor,
        Connector.V2.AnnotationExternalLinkReflection.Descriptor,
        Connector.V2.AnnotationExternalTicketReflection.Descriptor,
        Connector.V2.AnnotationGrantReflection.Descriptor,
        Connector.V2.AnnotationGrantReplacedReflection.Descriptor,
        Connector.V2.AnnotationIdAliasReflection.Descriptor,
        Connector.V2.AnnotationRatelimitReflection.Descriptor,
        Connector.V2.AnnotationRawIdReflection.Descriptor,
        Connector.V2.AnnotationRequestReflection.Descriptor,
        Connector.V2.AnnotationResourceDeletedReflection.Descriptor,
        Connector.V2.AnnotationResourceReflection.Descriptor,
        Connector.V2.AnnotationResourceTreeReflection.Descriptor,
        Connector.V2.AnnotationSecurityInsightReflection.Descriptor,
        Connector.V2.AnnotationSessionReflection.Descriptor,
        Connector.V2.AnnotationSourceCacheReflection.Descriptor,
        Connector.V2.AnnotationTraitReflection.Descriptor,
        Connector.V2.AnnotationTypeScopedEntitlementsReflection.Descriptor,
        Connector.V2.AnnotationTypeScopedGrantsReflection.Descriptor,
        Connector.V2.AnnotationV1IdentifierReflection.Descriptor,
        Connector.V2.AnnotationVendorAgreementReflection.Descriptor,
        Connector.V2.AnnotationVendorReflection.Descriptor,
        Connector.V2.AssetReflection.Descriptor,
        Connector.V2.ConnectorReflection.Descriptor,
        Connector.V2.EntitlementReflection.Descriptor,
        Connector.V2.EventFeedReflection.Descriptor,
        Connector.V2.GrantReflection.Descriptor,
        Connector.V2.ResourceReflection.Descriptor,
        Connector.V2.TicketReflection.Descriptor,
        ConnectorApi.V1.BatonReflection.Descriptor,
        ConnectorApi.V1.ConfigReflection.Descriptor,
        ConnectorApi.V1.ServedpolicyReflection.Descriptor,
        ConnectorApi.V1.SessionReflection.Descriptor,
        RateLimit.V1.RatelimitReflection.Descriptor,
        Reader.V2.EntitlementReflection.Descriptor,
        Reader.V2.GrantReflection.Descriptor,
        Reader.V2.ResourceReflection.Descriptor,
        Reader.V2.SyncReflection.Descriptor,
        Rpc.StatusReflection.Descriptor,
        Storage.V3.RecordsReflection.Descriptor,
        Storage.V3.RefsReflection.Descriptor,
        Transport.V1.TransportReflection.Descriptor,
    ];
}
