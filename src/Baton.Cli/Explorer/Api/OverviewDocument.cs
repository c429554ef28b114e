namespace Baton.Cli.Explorer.Api;

/// <summary>What the page begins with, and needs on every view.</summary>
internal sealed record OverviewDocument(
    FileDocument File,
    SyncDocument Sync,
    IReadOnlyList<string> Warnings,
    DateTime AsOf,
    int DormantDays,
    Totals Totals,
    IReadOnlyList<FlagDocument> Flags,
    IReadOnlyList<CountedValue> Statuses,
    IReadOnlyList<CountedValue> Kinds,
    IReadOnlyList<SeenDocument> LastSeen,
    IReadOnlyList<RoleCount> Roles,
    int MoreRoles,
    IReadOnlyList<TypeDocument> Types,
    IReadOnlyList<LargeResource> Largest,
    IReadOnlyList<ComparableDocument> Comparisons,
    string? StartType);

internal sealed record FileDocument(string Name, string Path, long Bytes);

internal sealed record SyncDocument(string Id, string Type, DateTime StartedAt, DateTime? EndedAt);

internal sealed record ComparableDocument(string Key, string File, DateTime StartedAt, DateTime? EndedAt);

/// <param name="Main">Shown also when there is none of it.</param>
internal sealed record FlagDocument(string Id, string Label, string Description, string Severity, int Count, bool Main);

/// <param name="Mark">What the step means: <c>recent</c>, <c>dormant</c>, <c>never</c> or <c>unknown</c>.</param>
internal sealed record SeenDocument(string Id, string Label, int Count, string Mark);

internal sealed record RoleCount(string Name, bool Privileged, int Count);

internal sealed record TypeDocument(string Id, string Name, bool IsAccountType, int Resources, int Roles, int Grants);

internal sealed record LargeResource(string Type, string Id, string Name, int People);

internal sealed record Totals(int Accounts, int Resources, int Roles, int Grants);
