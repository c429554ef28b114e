using Baton.Sdk.Sync;

namespace Baton.Sdk.Tasks.Syncs;

/// <summary>
/// What syncs for the platform had, in a file beside the spooled syncs: a later one must not leave it out as if there were none. A type is a
/// line, and a place where there was some of it another, behind a tab. What cannot be kept is forgotten with the process. Thread-safe.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class SyncMemory(string path)
{
    private readonly Lock _gate = new();
    private HashSet<string> _lines = Read(path);

    public EarlierSync Latest
    {
        get
        {
            lock (_gate)
            {
                return new(
                    _lines.Select(line => line.Split('\t')[0]).ToHashSet(StringComparer.Ordinal),
                    _lines.Select(line => line.Split('\t', 2)).Where(parts => parts.Length == 2).GroupBy(parts => parts[0], parts => parts[1], StringComparer.Ordinal)
                        .ToDictionary(type => type.Key, IReadOnlySet<string> (type) => type.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal));
            }
        }
    }

    /// <summary>Remembers a complete sync. Places take the place of those before; of types that it was not about, nothing is forgotten.</summary>
    /// <param name="types">What it was about, with resources or without.</param>
    /// <param name="had">What it had of them.</param>
    public void Note(IEnumerable<string> types, EarlierSync had)
    {
        lock (_gate)
        {
            var about = types.ToHashSet(StringComparer.Ordinal);
            var lines = _lines.Where(line => !line.Contains('\t') || !about.Contains(line.Split('\t')[0])).ToHashSet(StringComparer.Ordinal);
            lines.UnionWith(had.Types);
            lines.UnionWith(had.Places.SelectMany(type => type.Value, (type, place) => $"{type.Key}\t{place}"));
            if (lines.SetEquals(_lines))
            {
                return;
            }

            _lines = lines;
            try
            {
                File.WriteAllLines(path, lines.Order(StringComparer.Ordinal));
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // Known for as long as this process lives.
            }
        }
    }

    private static HashSet<string> Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadLines(path).Where(line => line.Length > 0).ToHashSet(StringComparer.Ordinal) : new(StringComparer.Ordinal);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return new(StringComparer.Ordinal);
        }
    }
}
