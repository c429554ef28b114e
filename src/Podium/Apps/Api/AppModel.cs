using Podium.Api;
using Podium.Data;
using Podium.People.Api;

namespace Podium.Apps.Api;

/// <summary>An app as <c>c1.api.app.v1.App</c> says it; what is not governed here yet is empty, and printed.</summary>
internal sealed record AppModel(Ksuid Id, string DisplayName, string Description, long UserCount, IReadOnlyList<UserModel> AppOwners, Moment CreatedAt)
{
    /// <summary>An app cannot be changed yet.</summary>
    public Moment? UpdatedAt => CreatedAt;

    public Moment? DeletedAt { get; }

    public string Instructions { get; } = "";

    public string IconUrl { get; } = "";

    public string LogoUri { get; } = "";

    public string AppAccountId { get; } = "";

    public string AppAccountName { get; } = "";

    public string ParentAppId { get; } = "";

    public string GrantPolicyId { get; } = "";

    public string RevokePolicyId { get; } = "";

    public string CertifyPolicyId { get; } = "";

    public string DefaultRequestCatalogId { get; } = "";

    public string IdentityMatching { get; } = "APP_USER_IDENTITY_MATCHING_STRICT";

    public string AccessModel { get; } = "APP_ACCESS_MODEL_CLASSIC";

    public bool IsDirectory { get; }

    public bool IsManuallyManaged { get; }

    public bool RevokeGrantSources { get; }

    public bool StrictAccessEntitlementProvisioning { get; }

    public bool EnableConnectorSourcedOwnership { get; }

    public int MonthlyCostUsd { get; }

    public int ConnectorVersion { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static AppModel Of(AppRow row) => new(row.App.PublicId, row.App.DisplayName, row.App.Description, row.Accounts, [.. row.Owners.Select(UserModel.Of)], row.App.CreatedAt);
}

internal sealed record AppAnswer(AppModel App);

internal sealed record AppsAnswer(IReadOnlyList<AppModel> List, string NextPageToken)
{
    /// <summary>A part of what was read whole: goes on after the id in the token.</summary>
    public static AppsAnswer Of(string question, IReadOnlyList<AppRow> rows, ApiPage page)
    {
        var (part, next) = WholeList.Page(question, rows, row => row.App.PublicId.ToString(), page);
        return new([.. part.Select(AppModel.Of)], next);
    }
}

/// <summary>What of <c>c1.api.app.v1.CreateAppRequest</c> is taken.</summary>
internal sealed record CreateAppRequest
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>Ids of people; nobody named means the caller.</summary>
    public IReadOnlyList<string?>? Owners { get; init; }
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
