using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>One-shot work on several syncs.</summary>
internal static class ComparisonFields
{
    public static IReadOnlyList<FieldRelationship> Relationships { get; } =
    [
        FieldRelationship.Together("diff-syncs", "base-sync-id", "applied-sync-id"),
        FieldRelationship.Together("compact-syncs", "compact-sync-ids", "compact-file-paths", "compact-output-path"),
    ];

    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        OneShot.Switch("diff-syncs", "Add the difference of two syncs to the file, as a sync of its own"),
        OneShot.Text("base-sync-id", "The id of the sync to compare with"),
        OneShot.Text("applied-sync-id", "The id of the sync to compare"),
        OneShot.Switch("compact-syncs", "Merge syncs into a new file"),
        OneShot.Text("compact-output-path", "The folder for the new file, or its path"),
        OneShot.List("compact-file-paths", "The files to merge, the base first"),
        OneShot.List("compact-sync-ids", "The id of the sync to take from each file"),
    ];
}
