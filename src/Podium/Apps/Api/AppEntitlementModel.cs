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
    public string Alias => "";

    public string GrantPolicyId => "";

    public string RevokePolicyId => "";

    public string CertifyPolicyId => "";

    public string EmergencyGrantPolicyId => "";

    public bool EmergencyGrantEnabled => false;

    public string RequestSchemaId => "";

    public string RiskLevelValueId => "";

    public IReadOnlyList<string> ComplianceFrameworkValueIds => [];

    public bool IsAutomationEnabled => false;

    public bool IsManuallyManaged => false;

    public bool OverrideAccessRequestsDefaults => false;

    public bool DefaultValuesApplied => false;

    public bool SystemBuiltin => false;

    public string MatchBatonId => "";

    public IReadOnlyDictionary<string, string> SourceConnectorIds { get; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; } = new Dictionary<string, string>();

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
    public string AppPath => "";

    public string AppResourcePath => "";

    public string AppResourceTypePath => "";
}

internal sealed record AppEntitlementAnswer(AppEntitlementView AppEntitlementView)
{
    public IReadOnlyList<string> Expanded => [];
}

internal sealed record AppEntitlementsAnswer(IReadOnlyList<AppEntitlementView> List, string NextPageToken)
{
    public IReadOnlyList<string> Expanded => [];
}
