using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Apps.Api;

/// <summary>An entitlement as <c>c1.api.app.v1.AppEntitlement</c> says it. Neither member of the duration's choice is set: there is no maximum yet.</summary>
internal sealed record AppEntitlementModel(
    Ksuid Id,
    Ksuid AppId,
    Ksuid AppResourceId,
    Ksuid AppResourceTypeId,
    string DisplayName,
    string Description,
    string Slug,
    string Purpose,
    string ExternalId,
    long GrantCount,
    Moment CreatedAt,
    Moment UpdatedAt,
    Moment? DeletedAt)
{
    public string Alias { get; } = "";

    public string GrantPolicyId { get; } = "";

    public string RevokePolicyId { get; } = "";

    public string CertifyPolicyId { get; } = "";

    public string EmergencyGrantPolicyId { get; } = "";

    public bool EmergencyGrantEnabled { get; }

    public string RequestSchemaId { get; } = "";

    public string RiskLevelValueId { get; } = "";

    public IReadOnlyList<string> ComplianceFrameworkValueIds { get; } = [];

    public bool IsAutomationEnabled { get; }

    public bool IsManuallyManaged { get; }

    public bool OverrideAccessRequestsDefaults { get; }

    public bool DefaultValuesApplied { get; }

    public bool SystemBuiltin { get; }

    public string MatchBatonId { get; } = "";

    public IReadOnlyDictionary<string, string> Annotations { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static AppEntitlementModel Of(EntitlementRow row, Ksuid app) => new(
        row.PublicId,
        app,
        row.ResourcePublicId,
        InventoryId.Of(InventoryKind.ResourceType, row.TypeId),
        row.DisplayName,
        row.Description,
        row.Slug,
        "APP_ENTITLEMENT_PURPOSE_VALUE_" + (row.Purpose.ToUpperInvariant() is "ASSIGNMENT" or "PERMISSION" or "OWNERSHIP" ? row.Purpose.ToUpperInvariant() : "UNSPECIFIED"),
        row.ExternalId,
        row.Holders,
        row.BegunAt,
        row.Since,
        row.DeletedAt);
}

internal sealed record AppEntitlementView(AppEntitlementModel AppEntitlement)
{
    public string AppPath { get; } = "";

    public string AppResourcePath { get; } = "";

    public string AppResourceTypePath { get; } = "";
}

internal sealed record AppEntitlementAnswer(AppEntitlementView AppEntitlementView)
{
    public IReadOnlyList<string> Expanded { get; } = [];
}

internal sealed record AppEntitlementsAnswer(IReadOnlyList<AppEntitlementView> List, string NextPageToken)
{
    public IReadOnlyList<string> Expanded { get; } = [];
}
