using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Connectors;

/// <summary>
/// A type that is listed place by place, as organization by organization, where a credential may be let into one place and not into another.
/// What is in a place that was open to an earlier sync, and is closed to this one, would look deleted.
/// </summary>
public interface IPlacedSyncer
{
    /// <summary>The places that a resource of the type is in, by whatever the connector knows them by; none when it does not tell.</summary>
    IEnumerable<string> PlacesOf(Resource resource);
}
