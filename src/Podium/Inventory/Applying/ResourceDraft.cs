using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>A resource as a message of the file has it, ready to be stored.</summary>
internal sealed record ResourceDraft
{
    public required string DisplayName { get; init; }

    public required string SortName { get; init; }

    public required string SearchText { get; init; }

    public string Description { get; init; } = "";

    public string Profile { get; init; } = "{}";

    public string? SecretOwner { get; init; }

    public Moment? SecretCreatedAt { get; init; }

    public Moment? SecretExpiresAt { get; init; }

    public Moment? SecretLastUsedAt { get; init; }

    public static ResourceDraft Of(Resource resource)
    {
        var name = MessageFacts.Name(resource);
        var secret = Facts.Trait<SecretTrait>(resource);
        var owner = secret is null ? null : MessageFacts.Reference(secret.IdentityId ?? secret.CreatedById);
#pragma warning disable CS0612 // Deprecated, and what many connectors fill.
        var created = secret is null ? null : MessageFacts.Time(resource.CreatedAt) ?? MessageFacts.Time(secret.CreatedAt);
#pragma warning restore CS0612
        return new()
        {
            DisplayName = name,
            SortName = SearchableText.Of(name),
            SearchText = SearchableText.Of(name, RowHash.Text(resource.Id?.Resource ?? "")),
            Description = RowHash.Text(resource.Description),
            Profile = ProfileJson.Of(Baton.Evidence.Accounts.Profile.Of(resource), "last_used_at", "last_seen_at"),
            SecretOwner = owner,
            SecretCreatedAt = created,
            SecretExpiresAt = MessageFacts.Time(secret?.ExpiresAt),
            SecretLastUsedAt = MessageFacts.Time(secret?.LastUsedAt),
        };
    }

    public static ResourceDraft Placeholder(string type, string id)
    {
        var name = $"{type}:{id}";
        return new() { DisplayName = name, SortName = SearchableText.Of(name), SearchText = SearchableText.Of(name) };
    }

    public UInt128 HashWith(RowHash hash) => hash.Build()
        .Add(DisplayName).Add(Description).Add(Profile).Add(SecretOwner).Add(SecretCreatedAt?.Microseconds).Add(SecretExpiresAt?.Microseconds).End();
}
