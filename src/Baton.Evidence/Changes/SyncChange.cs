namespace Baton.Evidence.Changes;

/// <summary>One thing that is different in the later sync.</summary>
public sealed record SyncChange(ChangeKind Kind)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whom it is about; null for resources and entitlements.</summary>
    public Party? Principal { get; init; }

    public Party? Resource { get; init; }

    /// <summary>What was so, by field. Empty for what is new.</summary>
    public IReadOnlyDictionary<string, string> Before { get; init; } = Nothing;

    /// <summary>What is so now. Empty for what is gone.</summary>
    public IReadOnlyDictionary<string, string> After { get; init; } = Nothing;

    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>How many grants an account that was disabled still holds.</summary>
    public long? GrantsLeft { get; init; }
}

/// <summary>In the order in which changes are listed.</summary>
public enum ChangeKind
{
    RoleChanged,
    GrantAdded,
    GrantRemoved,
    GrantChanged,
    AccountDisabled,
    AccountEnabled,
    AccountAdded,
    AccountRemoved,
    AccountRenamed,
    AccountChanged,
    ResourceAdded,
    ResourceRemoved,
    ResourceChanged,
    EntitlementAdded,
    EntitlementRemoved,
    EntitlementChanged,
}

/// <summary>An account or a resource, as people know it.</summary>
public sealed record Party(string Type, string Id, string Name, string Email = "")
{
    /// <summary>The name; with the organization, or else the id, where others of the type have the same.</summary>
    public string Label { get; init; } = Name;

    public string Reference => $"{Type}:{Id}";
}

public static class ChangeKinds
{
    /// <summary>The families that can be asked for alone.</summary>
    public static readonly string[] Families = ["accounts", "grants", "resources", "entitlements"];

    /// <summary>In JSON and CSV.</summary>
    public static string Name(this ChangeKind kind) => kind switch
    {
        ChangeKind.RoleChanged => "grant.roleChanged",
        ChangeKind.GrantAdded => "grant.added",
        ChangeKind.GrantRemoved => "grant.removed",
        ChangeKind.GrantChanged => "grant.changed",
        ChangeKind.AccountDisabled => "account.disabled",
        ChangeKind.AccountEnabled => "account.enabled",
        ChangeKind.AccountAdded => "account.added",
        ChangeKind.AccountRemoved => "account.removed",
        ChangeKind.AccountRenamed => "account.renamed",
        ChangeKind.AccountChanged => "account.changed",
        ChangeKind.ResourceAdded => "resource.added",
        ChangeKind.ResourceRemoved => "resource.removed",
        ChangeKind.ResourceChanged => "resource.changed",
        ChangeKind.EntitlementAdded => "entitlement.added",
        ChangeKind.EntitlementRemoved => "entitlement.removed",
        _ => "entitlement.changed",
    };

    public static string Family(this ChangeKind kind) => kind switch
    {
        <= ChangeKind.GrantChanged => "grants",
        <= ChangeKind.AccountChanged => "accounts",
        <= ChangeKind.ResourceChanged => "resources",
        _ => "entitlements",
    };
}
