using System.Text.Json;
using Baton.Protocol.Connector.V2;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>The ways by which grants come, each with a number in this apply. 0 is "directly, and in no other way".</summary>
internal sealed class GrantOrigins
{
    private readonly Dictionary<(bool IsDirect, string Sources), int> _byKey = [];
    private readonly List<(long Id, bool IsDirect, string Sources)> _all = [(0, true, "[]")];
    private readonly Dictionary<long, int> _byId = [];

    public int Count => _all.Count;

    public (long Id, bool IsDirect, string Sources) this[int number] => _all[number];

    public async Task LoadAsync(PodiumContext context, long connectorId, CancellationToken cancellationToken)
    {
        const string sql = "SELECT id, is_direct, sources FROM grant_origin WHERE connector_id = @connector";
        await foreach (var row in context.RowsAsync(sql, [("@connector", connectorId)], cancellationToken))
        {
            _byId[row.GetInt64(0)] = _all.Count;
            _byKey[(row.GetBoolean(1), row.GetString(2))] = _all.Count;
            _all.Add((row.GetInt64(0), row.GetBoolean(1), row.GetString(2)));
        }
    }

    public int NumberOf(long id) => _byId[id];

    /// <summary>Of a grant's sources: by the ids of the entitlements that gave it.</summary>
    public int NumberOf(GrantSources? sources, string ownId)
    {
        if (sources is null || sources.Sources.Count == 0)
        {
            return 0;
        }

        var others = sources.Sources.Keys.Where(id => id != ownId).Select(RowHash.Text).Order(StringComparer.Ordinal).ToArray();
        return others.Length == 0 ? 0 : NumberOf(sources.Sources.ContainsKey(ownId), others);
    }

    /// <summary>Of a grant that the file has twice: everything that either says.</summary>
    public int Union(int left, int right)
    {
        if (left == right)
        {
            return left;
        }

        string[] sources = [.. Parse(left).Union(Parse(right), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return sources.Length == 0 ? 0 : NumberOf(_all[left].IsDirect || _all[right].IsDirect, sources);
    }

    private string[] Parse(int number) => JsonSerializer.Deserialize<string[]>(_all[number].Sources)!;

    private int NumberOf(bool isDirect, string[] sources)
    {
        var key = (isDirect, JsonSerializer.Serialize(sources));
        if (!_byKey.TryGetValue(key, out var number))
        {
            number = _all.Count;
            _byKey[key] = number;
            _all.Add((0, key.isDirect, key.Item2));
        }

        return number;
    }
}
