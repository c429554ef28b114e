using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Expansion;

/// <summary>
/// Gives everyone who holds an entitlement by way of another a grant of their own. The grant says where it comes from (its sources) and
/// that it cannot be revoked by itself.
/// </summary>
internal sealed partial class GrantExpander(SyncWriter writer, ILogger logger, bool fixCycles)
{
    private const int BatchSize = 1000;
    private const int ExamplesShown = 25;

    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Id), List<Grant>> _changed = [];
    private int _edgesWithoutSource;
    private int _edgesWithoutDestination;

    public void Expand(CancellationToken cancellationToken)
    {
        var graph = LoadGraph(cancellationToken);
        LogGraphLoaded(graph.EdgeCount);
        var nodes = graph.InOrder();
        ReportCycles(nodes);
        foreach (var node in nodes)
        {
            foreach (var destination in node.Entitlements)
            {
                foreach (var (source, edge) in node.Incoming)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Follow(source, edge, destination);
                }
            }
        }

        if (_missing.Count > 0)
        {
            LogDroppedEdges(_edgesWithoutSource, _edgesWithoutDestination, _missing.Count, string.Join(", ", _missing.Take(ExamplesShown)));
        }
    }

    private void ReportCycles(IReadOnlyList<EntitlementGraph.Node> nodes)
    {
        var cycles = nodes.Where(node => node.IsCycle).ToList();
        foreach (var cycle in cycles)
        {
            LogCycle(string.Join(", ", cycle.Entitlements));
        }

        if (cycles.Count > 0 && !fixCycles)
        {
            throw new SyncException("cycles detected in entitlement graph");
        }
    }

    private EntitlementGraph LoadGraph(CancellationToken cancellationToken)
    {
        var graph = new EntitlementGraph();
        foreach (var (grant, expansion) in writer.Reader.ExpandableGrants())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var sourceId in expansion.EntitlementIds)
            {
                if (writer.Reader.FindEntitlement(sourceId) is not { } source)
                {
                    _edgesWithoutSource++;
                    _missing.Add(sourceId);
                    continue;
                }

                var (holder, principal) = (source.Resource.Id, grant.Principal.Id);
                if (holder.ResourceType != principal.ResourceType || holder.Resource != principal.Resource)
                {
                    throw new SyncException(
                        $"source entitlement resource id did not match grant principal id: grant {grant.Id} expands {sourceId}, which is not its principal's");
                }

                if (!graph.AddEdge(sourceId, grant.Entitlement.Id, expansion.Shallow, expansion.ResourceTypeIds))
                {
                    LogDuplicateEdge(sourceId, grant.Entitlement.Id);
                }
            }
        }

        return graph;
    }

    private void Follow(EntitlementGraph.Node source, EntitlementGraph.Edge edge, string destinationId)
    {
        if (writer.Reader.FindEntitlement(destinationId) is not { } destination)
        {
            _edgesWithoutDestination++;
            _missing.Add(destinationId);
            return;
        }

        foreach (var sourceId in source.Entitlements)
        {
            foreach (var grant in writer.Reader.Grants(new() { EntitlementId = sourceId }))
            {
                var direct = IsDirect(grant, sourceId);
                var wanted = edge.PrincipalTypes.Count == 0 || edge.PrincipalTypes.Contains(grant.Principal.Id.ResourceType);
                if (wanted && (direct || !edge.Shallow))
                {
                    Give(destination, grant.Principal, sourceId, direct);
                }
            }

        }

        // Before the next destination, which has other grants, and before whatever this one leads to.
        Flush();
    }

    private void Give(Entitlement destination, Resource principal, string sourceId, bool direct)
    {
        // A principal may hold the source more than once, and what the first time gave may not be written yet.
        var key = (principal.Id.ResourceType, principal.Id.Resource);
        var held = _changed.GetValueOrDefault(key) ?? HeldBy(principal.Id, destination.Id);
        var changed = false;
        foreach (var grant in held)
        {
            changed |= AddSource(grant, sourceId, direct);
        }

        if (held.Count == 0)
        {
            var made = new Grant
            {
                Id = Ids.Grant(destination.Id, principal.Id),
                Entitlement = destination,
                Principal = principal,
                Sources = new GrantSources(),
            };
            made.Sources.Sources[sourceId] = new GrantSources.Types.GrantSource { IsDirect = direct };
            made.Annotations.Add(Annotations.Of(new GrantImmutable()));
            held.Add(made);
            changed = true;
        }

        if (changed)
        {
            _changed[key] = held;
            if (_changed.Count >= BatchSize)
            {
                Flush();
            }
        }
    }

    private List<Grant> HeldBy(ResourceId principal, string entitlementId) =>
    [
        .. writer.Reader.Grants(new() { EntitlementId = entitlementId, PrincipalTypeId = principal.ResourceType, PrincipalId = principal.Resource }),
    ];

    // A grant that the connector itself reported is a source of its own; the mark keeps it from looking like expansion's alone.
    private static bool AddSource(Grant grant, string sourceId, bool direct)
    {
        grant.Sources ??= new GrantSources();
        var sources = grant.Sources.Sources;
        var changed = false;
        if (sources.Count == 0)
        {
            sources[grant.Entitlement.Id] = new GrantSources.Types.GrantSource { IsDirect = true };
            changed = true;
        }

        if (!sources.TryGetValue(sourceId, out var known))
        {
            sources[sourceId] = new GrantSources.Types.GrantSource { IsDirect = direct };
            changed = true;
        }
        else if (direct && !known.IsDirect)
        {
            known.IsDirect = true;
            changed = true;
        }

        return changed;
    }

    private static bool IsDirect(Grant grant, string entitlementId)
        => grant.Sources is not { Sources.Count: > 0 } sources || sources.Sources.ContainsKey(entitlementId);

    private void Flush()
    {
        writer.PutExpanded([.. _changed.Values.SelectMany(grants => grants)]);
        _changed.Clear();
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Finished loading entitlement graph")]
    private partial void LogGraphLoaded(int edges);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "cycle detected in entitlement graph")]
    private partial void LogCycle(string cycle);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "duplicate edge from datasource; the wider of the two is used")]
    private partial void LogDuplicateEdge(string sourceEntitlementId, string destinationEntitlementId);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Warning, Message = "grant expansion: DROPPED edges referencing entitlements with no entitlement row")]
    private partial void LogDroppedEdges(
        int edgesMissingSourceEntitlement, int edgesMissingDestinationEntitlement, int distinctMissingEntitlements, string entitlementIdExamples);
}
