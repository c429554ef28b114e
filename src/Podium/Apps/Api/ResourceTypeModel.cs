using Podium.Data;
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
