using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Sync;

/// <summary>What a complete sync had, as far as the next one must know it: what that one leaves out would look deleted.</summary>
/// <param name="Types">Of which it had resources.</param>
/// <param name="Places">Where it had some, by type (<see cref="IPlacedSyncer"/>).</param>
internal sealed record EarlierSync(IReadOnlySet<string> Types, IReadOnlyDictionary<string, IReadOnlySet<string>> Places)
{
    public static EarlierSync None { get; } = new(new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal));

    /// <summary>The latest full sync of a file.</summary>
    public static EarlierSync Of(C1zFile file, IConnector connector)
        => file.Syncs.LatestFinished(SyncType.Full) is { } latest ? Read(file.Read(latest), connector) : None;

    public static EarlierSync Read(SyncReader reader, IConnector connector)
    {
        var types = reader.ResourceTypes().Select(type => type.Id).Where(type => reader.CountResources(type) > 0).ToHashSet(StringComparer.Ordinal);
        var places = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var syncer in connector.Syncers.Where(syncer => types.Contains(syncer.Type.Id)))
        {
            if (syncer is IPlacedSyncer placed)
            {
                places[syncer.Type.Id] = reader.Resources(new() { ResourceTypeId = syncer.Type.Id }).SelectMany(placed.PlacesOf).ToHashSet(StringComparer.Ordinal);
            }
        }

        return new(types, places);
    }
}
