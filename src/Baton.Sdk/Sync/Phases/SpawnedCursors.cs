using System.Collections.Concurrent;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Further cursors that a page opens on its own subject, read side by side with it, each once a process. Thread-safe.</summary>
internal sealed class SpawnedCursors
{
    private const int MostCursors = 1024;
    private const int MostCharacters = 1 << 20;
    private const int MostCharactersTogether = 16 << 20;

    private readonly ConcurrentDictionary<(string ResourceType, string Resource, string Cursor), bool> _pushed = new();

    /// <summary>Plans the cursors of a page of <paramref name="action"/>.</summary>
    /// <exception cref="ConnectorException">The page breaks the rules of the annotation.</exception>
    public void Push<T>(SyncSession session, SyncAction action, Page<T> page)
    {
        foreach (var cursor in Of(page))
        {
            if (_pushed.TryAdd((action.ResourceTypeId, action.ResourceId, cursor), value: true))
            {
                session.Plan.Push(action.Operation, spawned => action with { Id = spawned.Id, PageToken = cursor, Spawned = true });
            }
            else
            {
                session.Warn($"{action}: a page cursor was opened more than once; it is read once");
            }
        }
    }

    internal static IReadOnlyList<string> Of<T>(Page<T> page)
    {
        var all = Annotations.All<EnqueuePageTokens>(page.Annotations).ToList();
        if (all.Count == 0)
        {
            return [];
        }

        var tokens = all[0].PageTokens;
        return all.Count > 1 ? throw Broken("more than one EnqueuePageTokens annotation")
            : tokens.Count > MostCursors ? throw Broken($"more than {MostCursors} page tokens")
            : tokens.Any(token => token.Length is 0 or > MostCharacters) ? throw Broken("an empty or oversized page token")
            : tokens.Sum(token => (long)token.Length) > MostCharactersTogether ? throw Broken("page tokens that are too large together")
            : tokens.Distinct(StringComparer.Ordinal).Count() != tokens.Count || tokens.Contains(page.NextToken) ? throw Broken("a duplicate or cyclic spawned cursor")
            : tokens;
    }

    private static ConnectorException Broken(string what) => new(StatusCode.Internal, $"a page has {what} - likely a connector bug");
}
