using Baton.Evidence.Access;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using PurposeValue = Baton.Protocol.Connector.V2.Entitlement.Types.PurposeValue;

namespace Podium.Inventory.Applying;

/// <summary>An entitlement as a message of the file has it, ready to be stored.</summary>
internal sealed record EntitlementDraft
{
    private static readonly PrivilegeRule Privilege = new();

    public required string DisplayName { get; init; }

    public required string Slug { get; init; }

    public required string SortName { get; init; }

    public required string SearchText { get; init; }

    public string Description { get; init; } = "";

    public string Purpose { get; init; } = "";

    public int Rank { get; init; }

    public bool IsPrivileged { get; init; }

    public string ExclusionGroup { get; init; } = "";

    public string GrantableTo { get; init; } = "";

    public static EntitlementDraft Of(Entitlement entitlement)
    {
        var id = RowHash.Text(entitlement.Id);
        var name = entitlement.DisplayName.Length > 0 ? RowHash.Text(entitlement.DisplayName) : entitlement.Slug.Length > 0 ? RowHash.Text(entitlement.Slug) : id;
        var slug = entitlement.Slug.Length > 0 ? RowHash.Text(entitlement.Slug) : name;
        return new()
        {
            DisplayName = name,
            Slug = slug,
            SortName = SearchableText.Of(name),
            SearchText = SearchableText.Of(name, slug, id),
            Description = RowHash.Text(entitlement.Description),
            Purpose = entitlement.Purpose switch
            {
                PurposeValue.Assignment => "assignment",
                PurposeValue.Permission => "permission",
                PurposeValue.Ownership => "ownership",
                _ => "",
            },
            Rank = PrivilegeRule.RankOf(slug),
            IsPrivileged = Privilege.IsPrivileged(slug),
            ExclusionGroup = ExclusionGroupOf(entitlement),
            GrantableTo = string.Join(',', entitlement.GrantableTo.Select(type => RowHash.Text(type.Id)).Order(StringComparer.Ordinal)),
        };
    }

    public static EntitlementDraft Placeholder(string id)
        => new() { DisplayName = id, Slug = id, SortName = SearchableText.Of(id), SearchText = SearchableText.Of(id) };

    public UInt128 HashWith(RowHash hash) => hash.Build()
        .Add(DisplayName).Add(Slug).Add(Description).Add(Purpose).Add(Rank).Add(IsPrivileged).Add(ExclusionGroup).Add(GrantableTo).End();

    private static string ExclusionGroupOf(Entitlement entitlement)
    {
        try
        {
            return RowHash.Text(entitlement.Annotations.Select(any => any.TryUnpack<EntitlementExclusionGroup>(out var group) ? group.ExclusionGroupId : "")
                .FirstOrDefault(id => id.Length > 0) ?? "");
        }
        catch (InvalidProtocolBufferException)
        {
            return "";
        }
    }
}
