using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>How one-shot operations change things. Not upstream's.</summary>
internal static class ChangeFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new BooleanField("dry-run")
        {
            Description = "Check a one-shot operation and print what it would send, but change nothing",
            Export = FieldExport.None,
            Persistent = true,
        },
    ];
}
