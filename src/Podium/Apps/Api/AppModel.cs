using Podium.Api;
using Podium.Data;

namespace Podium.Apps.Api;

/// <summary>An app as <c>c1.api.app.v1.App</c> says it; what is not governed here yet is empty, and printed.</summary>
internal sealed record AppModel(Ksuid Id, string DisplayName, string Description, long UserCount, Moment CreatedAt)
{
    public Moment? UpdatedAt => CreatedAt;

    public Moment? DeletedAt => null;

    public string Instructions => "";

    public string IconUrl => "";

    public string LogoUri => "";

    public string AppAccountId => "";

    public string AppAccountName => "";

    public IReadOnlyList<string> AppOwners => [];

    public string ParentAppId => "";

    public string GrantPolicyId => "";

    public string RevokePolicyId => "";

    public string CertifyPolicyId => "";

    public string DefaultRequestCatalogId => "";

    public string IdentityMatching => "APP_USER_IDENTITY_MATCHING_STRICT";

    public string AccessModel => "APP_ACCESS_MODEL_CLASSIC";

    public bool IsDirectory => false;

    public bool IsManuallyManaged => false;

    public bool RevokeGrantSources => false;

    public bool StrictAccessEntitlementProvisioning => false;

    public bool EnableConnectorSourcedOwnership => false;

    public int MonthlyCostUsd => 0;

    public int ConnectorVersion => 0;

    public IReadOnlyDictionary<string, string> Annotations { get; } = new Dictionary<string, string>();

    public static AppModel Of(AppRow row) => new(row.App.PublicId, row.App.DisplayName, row.App.Description, row.Accounts, row.App.CreatedAt);
}

internal sealed record AppAnswer(AppModel App);

internal sealed record AppsAnswer(IReadOnlyList<AppModel> List, string NextPageToken)
{
    /// <summary>A part of what was read whole: goes on after the id in the token.</summary>
    public static AppsAnswer Of(string question, IReadOnlyList<AppRow> rows, ApiPage page)
    {
        var last = KeysetToken.Read(question, page.Token);
        var rest = last is null ? rows : [.. rows.SkipWhile(row => row.App.PublicId.ToString() != last).Skip(1)];
        return new(
            [.. rest.Take(page.Size).Select(AppModel.Of)],
            rest.Count > page.Size ? KeysetToken.Make(question, rest[page.Size - 1].App.PublicId.ToString()) : "");
    }
}

/// <summary>What of <c>c1.api.app.v1.SearchAppsRequest</c> is answered.</summary>
internal sealed record SearchAppsRequest
{
    public string? Query { get; init; }

    public string? DisplayName { get; init; }

    public IReadOnlyList<string>? AppIds { get; init; }

    public IReadOnlyList<string>? ExcludeAppIds { get; init; }

    public bool OnlyDirectories { get; init; }

    public int? PageSize { get; init; }

    public string? PageToken { get; init; }
}
