namespace Baton.Sdk.Tasks.Syncs;

/// <summary>
/// The resource types of which syncs for the platform had resources, in a file beside the spooled syncs: they must not be left out of a later
/// sync as if there were none. What cannot be kept is forgotten with the process.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class SyncedTypes(string path)
{
    private readonly HashSet<string> _types = Read(path);

    public IReadOnlySet<string> All => _types;

    /// <summary>Of a complete sync.</summary>
    public void Note(IEnumerable<string> types)
    {
        var before = _types.Count;
        _types.UnionWith(types);
        if (_types.Count == before)
        {
            return;
        }

        try
        {
            File.WriteAllLines(path, _types.Order(StringComparer.Ordinal));
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // Known for as long as this process lives.
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
