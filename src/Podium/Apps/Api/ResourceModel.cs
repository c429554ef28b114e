using System.Text.Json.Nodes;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Apps.Api;

/// <summary>A resource as <c>c1.api.app.v1.AppResource</c> says it, as far as there is something to say.</summary>
internal sealed record ResourceModel(
    Ksuid Id,
    Ksuid AppId,
    Ksuid AppResourceTypeId,
    string ParentAppResourceId,
    string DisplayName,
    string Description,
    string ExternalId,
    JsonNode? Profile,
    SecretModel? SecretTrait,
    Moment CreatedAt,
    Moment UpdatedAt,
    Moment? DeletedAt)
{
    public static ResourceModel Of(ResourceRow row, Ksuid app) => new(
        row.PublicId,
        app,
        InventoryId.Of(InventoryKind.ResourceType, row.TypeId),
        row.ParentId is { } parent ? InventoryId.Of(InventoryKind.Resource, parent).ToString() : "",
        row.DisplayName,
        row.Description,
        row.ExternalId,
        row.Profile.Length == 0 ? new JsonObject() : JsonNode.Parse(row.Profile),
        row.SecretCreatedAt is null && row.SecretExpiresAt is null && row.SecretLastUsedAt is null ? null : new(row.SecretCreatedAt, row.SecretExpiresAt, row.SecretLastUsedAt),
        row.BegunAt,
        row.Since,
        row.DeletedAt);
}

/// <summary>Of a token or key: when it was made, ends, and was used last.</summary>
internal sealed record SecretModel(Moment? SecretCreatedAt, Moment? SecretExpiresAt, Moment? LastUsedAt);

internal sealed record ResourceView(ResourceModel AppResource)
{
    public string AppPath { get; } = "";

    public string ParentResourcePath { get; } = "";

    public string ParentResourceTypePath { get; } = "";

    public string ResourceTypePath { get; } = "";
}

internal sealed record ResourcesAnswer(IReadOnlyList<ResourceView> List, string NextPageToken)
{
    public IReadOnlyList<string> Expanded { get; } = [];
}
