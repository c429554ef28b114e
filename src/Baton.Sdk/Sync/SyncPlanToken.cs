using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Baton.Sdk.Sync;

/// <summary>
/// The plan as the text that <c>v1_sync_runs.sync_token</c> holds, in the form that upstream engines write and read, so that either side
/// can go on with the other's sync.
/// </summary>
internal static class SyncPlanToken
{
    private const int Version = 1;

    // Readers of version 1 would take one cursor or one listing of a type for the whole action.
    private const int VersionWithMarkers = 2;

    public static string Write(SyncPlan plan, IngestQuality quality)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var actions = plan.Snapshot();
            WriteActions(json, actions);
            json.WriteNumber("current_action_id", plan.NextId);
            WriteFlag(json, "needs_expansion", plan.NeedsExpansion);
            WriteFlag(json, "has_external_resource_grants", plan.HasExternalGrants);
            WriteFlag(json, "should_fetch_related_resources", plan.FetchesRelatedResources);
            WriteFlag(json, "should_skip_entitlements_and_grants", plan.SkipsEntitlementsAndGrants);
            WriteFlag(json, "should_skip_grants", plan.SkipsGrants);
            if (plan.CompletedActions > 0)
            {
                json.WriteNumber("completed_actions_count", plan.CompletedActions);
            }

            json.WritePropertyName("ingest_quality");
            quality.WriteTo(json);
            WriteText(json, "source_fingerprint", plan.Fingerprint);
            json.WriteNumber("version", actions.Any(action => action.Spawned || action.TypeScoped) ? VersionWithMarkers : Version);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The plan of a token; a fresh one for the empty token.</summary>
    /// <exception cref="FormatException">The token is neither the current nor the old form.</exception>
    public static SyncPlan Read(string token)
    {
        if (token.Length == 0)
        {
            return SyncPlan.Fresh();
        }

        try
        {
            using var document = JsonDocument.Parse(token);
            var root = document.RootElement;
            return root.TryGetProperty("version", out var version) && version.TryGetInt32(out var number) && number is 1 or 2
                ? ReadCurrent(root)
                : ReadOld(root);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException)
        {
            throw new FormatException($"syncer token corrupt: {damage.Message}", damage);
        }
    }

    private static SyncPlan ReadCurrent(JsonElement root)
    {
        var actions = new List<SyncAction>();
        if (root.TryGetProperty("actions_map", out var map) && root.TryGetProperty("action_order", out var order))
        {
            actions.AddRange(order.EnumerateArray().Select(id => ReadAction(map.GetProperty(id.GetString()!))));
        }

        var completed = root.TryGetProperty("completed_actions_count", out var count) ? count.GetUInt64() : 0;
        var nextId = root.TryGetProperty("current_action_id", out var current) ? current.GetUInt64() : 0;
        return ReadFlags(root, SyncPlan.Restore(actions, nextId, completed));
    }

    // Before version 1: the stack as an array without the current action, and no ids.
    private static SyncPlan ReadOld(JsonElement root)
    {
        var actions = new List<SyncAction>();
        if (root.TryGetProperty("actions", out var stack) && stack.ValueKind == JsonValueKind.Array)
        {
            actions.AddRange(stack.EnumerateArray().Select(ReadAction));
        }

        if (root.TryGetProperty("current_action", out var current) && current.ValueKind == JsonValueKind.Object)
        {
            actions.Add(ReadAction(current));
        }

        var numbered = actions.Select((action, i) => action with { Id = i.ToString("D10") });
        return ReadFlags(root, SyncPlan.Restore(numbered, (ulong)actions.Count, completed: 0));
    }

    private static SyncPlan ReadFlags(JsonElement root, SyncPlan plan)
    {
        plan.NeedsExpansion = Flag(root, "needs_expansion");
        plan.HasExternalGrants = Flag(root, "has_external_resource_grants");
        plan.FetchesRelatedResources = Flag(root, "should_fetch_related_resources");
        plan.SkipsEntitlementsAndGrants = Flag(root, "should_skip_entitlements_and_grants");
        plan.SkipsGrants = Flag(root, "should_skip_grants");
        plan.Fingerprint = Text(root, "source_fingerprint");
        return plan;
    }

    private static SyncAction ReadAction(JsonElement action)
    {
        var name = Text(action, "operation");
        var operation = SyncOperations.Parse(name) ?? throw new FormatException($"unexpected sync step '{name}'");
        return new SyncAction(Text(action, "id"), operation)
        {
            PageToken = Text(action, "page_token"),
            ResourceTypeId = Text(action, "resource_type_id"),
            ResourceId = Text(action, "resource_id"),
            ParentTypeId = Text(action, "parent_resource_type_id"),
            ParentId = Text(action, "parent_resource_id"),
            Spawned = Flag(action, "spawned"),
            TypeScoped = Flag(action, "type_scoped"),
        };
    }

    private static void WriteActions(Utf8JsonWriter json, IReadOnlyList<SyncAction> actions)
    {
        if (actions.Count == 0)
        {
            return;
        }

        json.WriteStartObject("actions_map");
        foreach (var action in actions)
        {
            json.WriteStartObject(action.Id);
            json.WriteString("id", action.Id);
            json.WriteString("operation", action.Operation.Name());
            WriteText(json, "page_token", action.Operation == SyncOperation.GrantExpansion ? "" : action.PageToken);
            WriteText(json, "resource_type_id", action.ResourceTypeId);
            WriteText(json, "resource_id", action.ResourceId);
            WriteText(json, "parent_resource_type_id", action.ParentTypeId);
            WriteText(json, "parent_resource_id", action.ParentId);
            WriteFlag(json, "spawned", action.Spawned);
            WriteFlag(json, "type_scoped", action.TypeScoped);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("action_order");
        foreach (var action in actions)
        {
            json.WriteStringValue(action.Id);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool flag)
    {
        if (flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    private static string Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static bool Flag(JsonElement element, string name)
        => element.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;
}
