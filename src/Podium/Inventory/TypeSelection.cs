using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>Which resource types a connector is to read. What is taken out ends by that act, and not by the sync that follows.</summary>
internal sealed class TypeSelection(Database database, TimeProvider clock)
{
    /// <param name="types">External ids; null for all.</param>
    public Task<EndedCounts> SaveAsync(long connectorId, IReadOnlyCollection<string>? types, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var connector = await context.Set<Connector>().SingleAsync(each => each.Id == connectorId, cancellationToken);
            var selected = types?.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).ToArray();
            connector.SelectedTypes = selected is null ? null : JsonSerializer.Serialize(selected);
            connector.UpdatedAt = clock.Now();
            var ended = selected is null
                ? []
                : await context.Set<AppResourceType>()
                    .Where(type => type.ConnectorId == connectorId && type.DeletedAt == null && !selected.Contains(type.ExternalId))
                    .Select(type => type.Id).ToListAsync(cancellationToken);
            var at = clock.Now();
            var counts = ended.Count == 0
                ? new EndedCounts(0, 0, 0, 0)
                : await InventoryEnd.OfTypesAsync(context, connectorId, ended, at, actor.PersonId, cancellationToken);
            context.Audit(at, "connector.types.selected", actor, ("connector", connector.PublicId.ToString()), new JsonObject
            {
                ["types"] = connector.SelectedTypes ?? "all",
                ["accounts"] = counts.Accounts,
                ["resources"] = counts.Resources,
                ["entitlements"] = counts.Entitlements,
                ["grants"] = counts.Grants,
            });
            return counts;
        },
        cancellationToken);
}
