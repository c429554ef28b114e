using Baton.Configuration;
using Baton.Configuration.Validation;

namespace Baton.Sdk.Settings;

/// <summary>Files written by the process, and what it keeps in memory.</summary>
internal static class FileFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new StringField("file")
        {
            Description = "The c1z file that a sync writes and other operations read",
            Default = "sync.c1z",
            Short = 'f',
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("storage-engine")
        {
            Description = "What the c1z file is made of: sqlite, pebble",
            // The empty value is allowed, and is named in the message when another one is refused.
            Rules = new StringRules { OneOf = ["", "sqlite", "pebble"] },
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("c1z-temp-dir")
        {
            Description = "The directory for temporary files",
            Hidden = true,
            Export = FieldExport.None,
            Persistent = true,
        },
        new IntegerField("session-store-maximum-size")
        {
            Description = "The maximum size of the local in-memory session store cache in bytes.",
            Default = 15 * 1024 * 1024,
            Hidden = true,
            Export = FieldExport.Ops,
            Persistent = true,
        },
    ];
}
