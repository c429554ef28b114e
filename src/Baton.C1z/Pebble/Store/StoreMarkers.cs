using System.Globalization;

namespace Baton.C1z.Pebble.Store;

/// <summary>
/// Empty files whose names say one thing each about the store: <c>marker.NAME.COUNTER.VALUE</c>. That with the highest counter counts.
/// </summary>
internal sealed class StoreMarkers
{
    private const string Prefix = "marker.";

    private readonly Dictionary<string, (ulong Counter, string Value)> _markers = new(StringComparer.Ordinal);

    private StoreMarkers()
    {
    }

    public string? this[string name] => _markers.TryGetValue(name, out var marker) ? marker.Value : null;

    public static StoreMarkers Read(string folder)
    {
        var markers = new StoreMarkers();
        foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*"))
        {
            var file = Path.GetFileName(path);
            if (file.Split('.', 4) is not [_, var name, var number, var value]
                || !ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var counter))
            {
                throw StoreFault.Damaged($"{file} of its store is not a marker");
            }

            if (!markers._markers.TryGetValue(name, out var other) || other.Counter < counter)
            {
                markers._markers[name] = (counter, value);
            }
        }

        return markers;
    }
}
