using System.Globalization;
using Baton.C1z.Tests.Support;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using CsCheck;
using Google.Protobuf;
using Grant = Baton.Protocol.Connector.V2.Grant;

namespace Baton.C1z.Tests.Writing;

/// <summary>One call of a <see cref="SyncWriter"/>, with few enough ids that they repeat.</summary>
internal abstract record Step
{
    private static readonly Gen<GrantExpandable?> Expandables = Gen.Int[0, 4].Select(kind => kind switch
    {
        0 => Samples.Expandable("a"),
        1 => Samples.Expandable("b"),
        2 => Samples.Expandable(" "),
        _ => null,
    });

    // The same id on another entitlement and principal: an upsert must not move the keys.
    private static readonly Gen<Grant> Grants = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Expandables, (id, variant, expandable) =>
    {
        var grant = Samples.Grant(
            Samples.Entitlement("group", $"{variant}"), Samples.Resource("user", $"{variant}"), expandable is null ? [] : [expandable]);
        grant.Id = $"grant {id}";
        return grant;
    });

    private static readonly Gen<Resource> Resources = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], (id, variant) =>
    {
        var resource = Samples.Resource("user", $"{id}", variant == 0 ? null : Samples.ResourceId("group", $"{variant}"));
        resource.Description = $"{variant}";
        return resource;
    });

    private static readonly Gen<Entitlement> Entitlements = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], (id, variant) =>
        new Entitlement { Id = $"entitlement {id}", Resource = Samples.Resource("group", $"{variant}"), Description = $"{variant}" });

    private static readonly Gen<ResourceType> Types = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], (id, variant) =>
        new ResourceType { Id = $"type {id}", Description = $"{variant}" });

    public static Gen<List<Step>> Sequences { get; } = Gen.Frequency(
        (6, Grants.List[1, 3].Select(grants => (Step)new PutGrants(grants))),
        (3, Resources.List[1, 3].Select(resources => (Step)new PutResources(resources))),
        (3, Entitlements.List[1, 3].Select(entitlements => (Step)new PutEntitlements(entitlements))),
        (2, Types.List[1, 3].Select(types => (Step)new PutTypes(types))),
        (1, Grants.List[1, 3].Select(grants => (Step)new PutExpanded(grants))),
        (1, Gen.Int[0, 3].Select(id => (Step)new Delete($"grant {id}"))),
        (1, Gen.Int[0, 2].Select(table => (Step)new Settle(table)))).List[0, 12];

    public abstract void Apply(SyncWriter writer);

    internal sealed record PutGrants(List<Grant> Messages) : Step
    {
        public override void Apply(SyncWriter writer) => writer.Put(Messages);
    }

    internal sealed record PutExpanded(List<Grant> Messages) : Step
    {
        public override void Apply(SyncWriter writer) => writer.PutExpanded(Messages);
    }

    internal sealed record PutResources(List<Resource> Messages) : Step
    {
        public override void Apply(SyncWriter writer) => writer.Put(Messages);
    }

    internal sealed record PutEntitlements(List<Entitlement> Messages) : Step
    {
        public override void Apply(SyncWriter writer) => writer.Put(Messages);
    }

    internal sealed record PutTypes(List<ResourceType> Messages) : Step
    {
        public override void Apply(SyncWriter writer) => writer.Put(Messages);
    }

    internal sealed record Delete(string Id) : Step
    {
        public override void Apply(SyncWriter writer) => writer.DeleteGrants([Id]);
    }

    internal sealed record Settle(int Table) : Step
    {
        public override void Apply(SyncWriter writer)
        {
            switch (Table)
            {
                case 0:
                    writer.SettleResources();
                    break;
                case 1:
                    writer.SettleEntitlements();
                    break;
                default:
                    writer.SettleGrants();
                    break;
            }
        }
    }
}

/// <summary>What the rows must be after a sequence of <see cref="Step"/>s, by the rules of docs/c1z-format.md and nothing else.</summary>
internal sealed class TableModel
{
    public const string OtherRows =
        """
        SELECT row FROM (
            SELECT 1 AS part, id, json_array('type', external_id, hex(data), discovered_at) AS row FROM v1_resource_types
            UNION ALL SELECT 2, id, json_array('resource', external_id, parent_resource_type_id, parent_resource_id, hex(data), discovered_at) FROM v1_resources
            UNION ALL SELECT 3, id, json_array('entitlement', external_id, resource_id, hex(data), discovered_at) FROM v1_entitlements)
        ORDER BY part, id
        """;

    private readonly OrderedDictionary<string, GrantRow> _grants = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, (string Keys, string Data, string Time)>[] _others =
        [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];

    public List<string> Grants => [.. _grants.Select(row =>
        $"[\"{row.Key}\",\"{row.Value.Entitlement}\",\"{row.Value.Principal}\",\"{row.Value.Expansion}\",{row.Value.Needs},\"{row.Value.Data}\",\"{row.Value.Time}\"]")];

    public List<string> Others =>
        [.. _others.SelectMany(table => table.Values).Select(row => $"[{row.Keys},\"{row.Data}\",\"{row.Time}\"]")];

    public void Apply(Step step, TimeProvider time)
    {
        var now = time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        switch (step)
        {
            case Step.PutGrants(var grants):
                grants.ForEach(grant => Put(grant, now, keepExpansion: false));
                break;
            case Step.PutExpanded(var grants):
                grants.ForEach(grant => Put(grant, now, keepExpansion: true));
                break;
            case Step.PutTypes(var types):
                types.ForEach(type => Put(0, type.Id, $"\"type\",\"{type.Id}\"", type, now));
                break;
            case Step.PutResources(var resources):
                resources.ForEach(resource => Put(
                    1,
                    resource.Id.Resource,
                    resource.ParentResourceId is { } parent
                        ? $"\"resource\",\"user:{resource.Id.Resource}\",\"{parent.ResourceType}\",\"{parent.Resource}\""
                        : $"\"resource\",\"user:{resource.Id.Resource}\",null,null",
                    resource,
                    now));
                break;
            case Step.PutEntitlements(var entitlements):
                entitlements.ForEach(entitlement => Put(
                    2, entitlement.Id, $"\"entitlement\",\"{entitlement.Id}\",\"{entitlement.Resource.Id.Resource}\"", entitlement, now));
                break;
            case Step.Delete(var id):
                _grants.Remove(id);
                break;
        }
    }

    private void Put(int table, string id, string keys, IMessage message, string now)
    {
        var data = Convert.ToHexString(message.ToByteArray());
        _others[table][id] = _others[table].TryGetValue(id, out var first) ? first with { Data = data } : (keys, data, now);
    }

    private void Put(Grant grant, string now, bool keepExpansion)
    {
        var expandable = grant.Annotations.Select(annotation => annotation.Unpack<GrantExpandable>()).FirstOrDefault();
        var expansion = expandable is null || expandable.EntitlementIds.All(string.IsNullOrWhiteSpace) || keepExpansion
            ? ""
            : Convert.ToHexString(expandable.ToByteArray());
        var data = Convert.ToHexString(Samples.WithoutExpandable(grant).ToByteArray());
        if (!_grants.TryGetValue(grant.Id, out var old))
        {
            _grants[grant.Id] = new(grant.Entitlement.Id, grant.Principal.Id.Resource, expansion, expansion.Length > 0 ? 1 : 0, data, now);
            return;
        }

        _grants[grant.Id] = keepExpansion
            ? old with { Data = data }
            : old with
            {
                Data = data,
                Expansion = expansion,
                Needs = expansion.Length == 0 ? 0 : expansion == old.Expansion ? old.Needs : 1,
            };
    }

    private sealed record GrantRow(string Entitlement, string Principal, string Expansion, int Needs, string Data, string Time);
}
