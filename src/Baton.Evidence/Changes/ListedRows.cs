using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Changes;

/// <summary>Looks up what a walk over the rows has just met. In a damaged file it may not be there: the walk went by an index.</summary>
/// <exception cref="EvidenceException">It is not there.</exception>
internal static class ListedRows
{
    public static Resource ListedResource(this SyncReader reader, string id) => reader.FindResource(id) ?? throw NotThere(reader, id);

    public static Entitlement ListedEntitlement(this SyncReader reader, string id) => reader.FindEntitlement(id) ?? throw NotThere(reader, id);

    public static Grant ListedGrant(this SyncReader reader, string id) => reader.FindGrant(id) ?? throw NotThere(reader, id);

    private static EvidenceException NotThere(SyncReader reader, string id)
        => new($"the file of sync {reader.Run.Id} is damaged: it lists \"{id}\" and does not hold it", EvidenceError.BadInput);
}
