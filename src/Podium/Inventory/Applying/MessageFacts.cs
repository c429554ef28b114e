using Google.Protobuf.WellKnownTypes;
using Baton.Protocol.Connector.V2;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>What messages of a file say, when they may say it in several ways, or be damaged.</summary>
internal static class MessageFacts
{
    /// <summary>Null for none, for one out of range, and for the year 1, which is how some systems write "none".</summary>
    public static Moment? Time(Timestamp? stamp)
    {
        try
        {
            return stamp?.ToDateTimeOffset() is { Year: > 1 } time ? Moment.From(time) : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public static string Reference(ResourceId? id) => id is null ? "" : RowHash.Text($"{id.ResourceType}:{id.Resource}");

    public static string Name(Resource resource) => resource.DisplayName.Length > 0 ? RowHash.Text(resource.DisplayName) : Reference(resource.Id);
}
