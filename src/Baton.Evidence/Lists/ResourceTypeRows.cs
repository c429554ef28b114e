using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;

namespace Baton.Evidence.Lists;

/// <summary>The types of resources.</summary>
public static class ResourceTypeRows
{
    public static RowKind<ResourceTypeOutput> Kind { get; } = new(
        "resourceTypes",
        [
            new("ID", row => row.ResourceType.Id),
            new("Display name", row => row.ResourceType.DisplayName),
            new("Traits", row => Facts.Traits(row.ResourceType)),
        ],
        () => new MessageForm<ResourceTypeOutput>())
    {
        Texts = row => [row.ResourceType.Id, row.ResourceType.DisplayName],
    };
}
