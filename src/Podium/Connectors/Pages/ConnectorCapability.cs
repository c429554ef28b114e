using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Podium.Connectors.Pages;

/// <summary>What a connector can do with one resource type, as its metadata tells.</summary>
internal sealed record ConnectorCapability(string Name, bool Syncs, bool Grants, bool Creates, bool Deletes)
{
    /// <param name="metadata">Encoded, from its last hello; null before the first.</param>
    public static IReadOnlyList<ConnectorCapability> Of(byte[]? metadata)
    {
        if (metadata is null)
        {
            return [];
        }

        try
        {
            return [.. ConnectorMetadata.Parser.ParseFrom(metadata).Capabilities?.ResourceTypeCapabilities.Select(Of) ?? []];
        }
        catch (InvalidProtocolBufferException)
        {
            // A connector that sends what is none still syncs; there is only nothing to show.
            return [];
        }
    }

    private static ConnectorCapability Of(ResourceTypeCapability type) => new(
        type.ResourceType is { DisplayName.Length: > 0 } named ? named.DisplayName : type.ResourceType?.Id ?? "",
        type.Capabilities.Contains(Capability.Sync),
        type.Capabilities.Contains(Capability.Provision),
        type.Capabilities.Contains(Capability.AccountProvisioning) || type.Capabilities.Contains(Capability.ResourceCreate),
        type.Capabilities.Contains(Capability.ResourceDelete));
}
