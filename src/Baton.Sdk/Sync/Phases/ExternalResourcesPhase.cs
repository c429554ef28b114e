using Baton.C1z;
using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync.Phases;

/// <summary>
/// Copies the identities of another connector's file into this sync, and replaces the grants that name their principals by a rule with
/// grants to the identities that the rule finds.
/// </summary>
internal sealed partial class ExternalResourcesPhase(ILogger logger) : ISyncPhase
{
    private const int BatchSize = 1000;

    public SyncOperation Operation => SyncOperation.ListExternalResources;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        session.Writer.SettleGrants();
        if (session.Options.External is { } external)
        {
            using var file = C1zFile.OpenRead(external.Path, session.Options.File);
            var run = file.Syncs.Default() ?? throw new SyncException($"{external.Path} holds no sync to take identities from");
            var principals = Copy(session, file.Read(run), external, cancellationToken);
            if (session.Plan.HasExternalGrants)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Match(session, principals);
            }
        }

        session.Plan.Finish(root);
        return Task.CompletedTask;
    }

    public Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
        => throw new InvalidOperationException("External resources are one step.");

    /// <summary>The types that will be copied, known before the phase so that grants to them are not taken for dangling.</summary>
    public static IEnumerable<string> TypesOf(ExternalResources external, C1zOptions options)
    {
        using var file = C1zFile.OpenRead(external.Path, options);
        return file.Syncs.Default() is { } run
            ? [.. file.Read(run).ResourceTypes().Where(type => type.Traits.Intersect(external.Traits).Any()).Select(type => type.Id)]
            : [];
    }

    private static List<ExternalPrincipal> Copy(SyncSession session, SyncReader source, ExternalResources external, CancellationToken cancellationToken)
    {
        var types = source.ResourceTypes().Where(type => type.Traits.Intersect(external.Traits).Any()).ToDictionary(type => type.Id, StringComparer.Ordinal);
        var chosen = external.EntitlementId is { } entitlement
            ? source.Grants(new() { EntitlementId = entitlement }).Select(grant => (grant.Principal.Id.ResourceType, grant.Principal.Id.Resource)).ToHashSet()
            : null;
        session.Writer.Put(types.Values);

        var principals = new List<ExternalPrincipal>();
        foreach (var type in types.Values)
        {
            foreach (var batch in source.Resources(new() { ResourceTypeId = type.Id })
                .Where(resource => chosen is null || chosen.Contains((resource.Id.ResourceType, resource.Id.Resource)))
                .Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var resource in batch)
                {
                    resource.Annotations.Add(Annotations.Of(new BatonID()));
                    principals.Add(new(resource, type.Traits));
                }

                session.Writer.Put(batch);
                CopyAccess(session, source, type, batch);
            }
        }

        return principals;
    }

    private static void CopyAccess(SyncSession session, SyncReader source, ResourceType type, Resource[] resources)
    {
        if (session.Options.SkipEntitlementsAndGrants || Annotations.Has(type.Annotations, SkipEntitlementsAndGrants.Descriptor))
        {
            return;
        }

        foreach (var resource in resources)
        {
            var filter = new ListFilter { ResourceTypeId = resource.Id.ResourceType, ResourceId = resource.Id.Resource };
            var entitlements = source.Entitlements(filter).ToList();
            entitlements.ForEach(entitlement => entitlement.Annotations.Add(Annotations.Of(new EntitlementImmutable())));
            session.Writer.Put(entitlements);
            foreach (var grants in source.Grants(filter).Chunk(BatchSize))
            {
                foreach (var grant in grants)
                {
                    grant.Annotations.Add(Annotations.Of(new GrantImmutable()));
                }

                session.Writer.Put(grants);
            }
        }
    }

    // The grants that it makes carry the same rules as those that they replace. So that none of them is taken for one to be replaced, the
    // originals are gathered first, and an interruption comes before or after: a repetition must not find both.
    private void Match(SyncSession session, List<ExternalPrincipal> principals)
    {
        foreach (var grant in session.Reader.GrantsWithExpansion().Where(row => ExternalMatching.IsMatched(row.Grant)).ToList())
        {
            var matched = ExternalMatching.Choose(grant.Grant, principals).Select(principal => Rebind(session, grant, principal)).ToList();
            if (matched.TrueForAll(made => made.Id != grant.Grant.Id))
            {
                session.Writer.DeleteGrants([grant.Grant.Id]);
            }

            session.Writer.Put(matched);
        }
    }

    private Grant Rebind(SyncSession session, (Grant Grant, GrantExpandable? Expansion) row, Resource principal)
    {
        var made = row.Grant.Clone();
        made.Principal = principal;
        made.Id = Ids.Grant(made.Entitlement.Id, principal.Id);
        if (row.Expansion is { } expansion)
        {
            var rebound = expansion.Clone();
            rebound.EntitlementIds.Clear();
            rebound.EntitlementIds.Add(expansion.EntitlementIds.Select(id => ReboundEntitlement(session, id, row.Grant.Principal.Id, principal.Id)).OfType<string>());
            if (rebound.EntitlementIds.Count > 0)
            {
                made.Annotations.Add(Any.Pack(rebound));
                session.Plan.NeedsExpansion = true;
            }
        }

        return made;
    }

    // The rule names the entitlement of the placeholder; what is wanted is the same one of the identity that was found.
    private string? ReboundEntitlement(SyncSession session, string bid, ResourceId placeholder, ResourceId principal)
    {
        if (BatonId.TryParseEntitlement(bid) is { } entitlement && entitlement.Resource.Equals(placeholder))
        {
            var id = Ids.Entitlement(principal, entitlement.Slug);
            if (session.Reader.FindEntitlement(id) is not null)
            {
                return id;
            }
        }

        LogUnmatchedExpansion(bid);
        return null;
    }

    [LoggerMessage(EventId = 1061, Level = LogLevel.Error, Message = "no matching entitlement for an expandable grant of an external resource")]
    private partial void LogUnmatchedExpansion(string entitlementId);
}
