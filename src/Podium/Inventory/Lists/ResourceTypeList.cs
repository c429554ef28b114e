using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>The resource types of an app, by name. There are few.</summary>
internal sealed class ResourceTypeList(Database database)
{
    public Task<List<ResourceTypeRow>> OfAppAsync(long appId, CancellationToken cancellationToken) => database.ReadAsync(context =>
        context.Set<AppResourceType>().Where(type => type.AppId == appId && type.DeletedAt == null).OrderBy(type => type.DisplayName).ThenBy(type => type.Id)
            .Select(type => new ResourceTypeRow(
                type.Id, type.ConnectorId, type.ExternalId, type.DisplayName, type.Description, type.Traits, type.IsPlaceholder, type.StaleSince))
            .ToListAsync(cancellationToken));
}

/// <param name="StaleSince">The moment of the first sync that did not have it; null when the last one did.</param>
internal sealed record ResourceTypeRow(
    long Id, long ConnectorId, string ExternalId, string DisplayName, string Description, string Traits, bool IsPlaceholder, Moment? StaleSince)
{
    public Ksuid PublicId => InventoryId.Of(InventoryKind.ResourceType, Id);
}
