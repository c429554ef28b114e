using System.Globalization;
using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>One-shot reading of an event feed.</summary>
internal static class EventFields
{
    public static IReadOnlyList<ConfigurationField> All(DateTimeOffset now) =>
    [
        OneShot.Text("event-feed", "Print the events of a feed; true or 1"),
        OneShot.Text("event-feed-id", "The id of the feed to read"),
        OneShot.Text("event-feed-start-at", "The time of the first event, as in RFC 3339", LastDay(now), "a day ago"),
        OneShot.Text("event-feed-cursor", "The place in the feed to go on from"),
    ];

    private static string LastDay(DateTimeOffset now)
        => now.AddDays(-1).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
