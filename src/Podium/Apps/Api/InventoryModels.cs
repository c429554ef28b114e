using System.Text.Json;
using System.Text.Json.Nodes;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Apps.Api;

/// <summary>A resource type as <c>c1.api.app.v1.AppResourceType</c> says it, as far as there is something to say.</summary>
internal sealed record ResourceTypeModel(Ksuid Id, Ksuid AppId, string DisplayName, string ExternalId, Moment? StaleSince)
{
    public static ResourceTypeModel Of(ResourceTypeRow row, Ksuid app) => new(row.PublicId, app, row.DisplayName, row.ExternalId, row.StaleSince);
}

internal sealed record ResourceTypeView(ResourceTypeModel AppResourceType)
{
    public string AppPath { get; } = "";
}

internal sealed record ResourceTypesAnswer(IReadOnlyList<ResourceTypeView> List, string NextPageToken)
{
    public IReadOnlyList<string> Expanded { get; } = [];
}

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

/// <summary>That an account holds an entitlement, or held it.</summary>
/// <param name="NotBefore">It was not seen before this moment; equal to <paramref name="Since"/> where the time is exact.</param>
/// <param name="HeldSince">In whatever way, without a break.</param>
/// <param name="Until">Null when it is still held.</param>
/// <param name="Sources">External ids of the entitlements that it comes from; empty when it is direct alone.</param>
internal sealed record GrantModel(
    Ksuid AppId,
    Ksuid AppEntitlementId,
    string EntitlementName,
    string Slug,
    bool IsPrivileged,
    Ksuid AppResourceId,
    string ResourceName,
    Ksuid AppUserId,
    string AccountName,
    string Login,
    string Email,
    Moment NotBefore,
    Moment Since,
    Moment HeldSince,
    Moment? Until,
    bool IsDirect,
    IReadOnlyList<string> Sources)
{
    public static GrantModel Of(GrantRow row, Ksuid app) => new(
        app,
        row.EntitlementPublicId,
        row.EntitlementName,
        row.Slug,
        row.IsPrivileged,
        InventoryId.Of(InventoryKind.Resource, row.ResourceId),
        row.ResourceName,
        row.AccountPublicId,
        row.AccountName,
        row.Login,
        row.Email,
        row.NotBefore,
        row.Since,
        row.HeldSince,
        row.Until,
        row.IsDirect,
        row.Sources);
}

internal sealed record GrantsAnswer(IReadOnlyList<GrantModel> List, string NextPageToken);

/// <summary>Something that began, changed or ended. Ids are empty where it is not about such a thing.</summary>
/// <param name="NotBefore">It was not seen before this moment; equal to <paramref name="At"/> where the time is exact.</param>
internal sealed record ChangeModel(
    string Kind,
    Moment NotBefore,
    Moment At,
    string AppUserId,
    string AccountName,
    string Login,
    string AppEntitlementId,
    string EntitlementName,
    string Slug,
    bool IsPrivileged,
    string AppResourceId,
    string ResourceName,
    InventoryCauseKind Cause)
{
    /// <summary><c>GRANT_BEGUN</c>, <c>ACCOUNT_CHANGED</c>, ….</summary>
    public static string NameOf(InventoryChangeKind kind) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString());

    public static ChangeModel Of(ChangeRow row) => new(
        NameOf(row.Kind),
        row.NotBefore,
        row.At,
        row.AccountPublicId?.ToString() ?? "",
        row.AccountName ?? "",
        row.Login ?? "",
        row.EntitlementPublicId?.ToString() ?? "",
        row.EntitlementName ?? "",
        row.Slug ?? "",
        row.IsPrivileged,
        row.ResourcePublicId?.ToString() ?? "",
        row.ResourceName ?? "",
        row.CauseKind);
}

internal sealed record ChangesAnswer(IReadOnlyList<ChangeModel> List, string NextPageToken);
