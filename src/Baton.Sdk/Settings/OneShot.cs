using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>Fields that start a single operation: hidden, since people rarely type them, and of no interest to any form.</summary>
internal static class OneShot
{
    public static StringField Text(string name, string description, string defaultValue = "", string? defaultWords = null) => new(name)
    {
        DefaultWords = defaultWords,
        Description = description,
        Default = defaultValue,
        Hidden = true,
        Export = FieldExport.None,
        Persistent = true,
    };

    public static BooleanField Switch(string name, string description) => new(name)
    {
        Description = description,
        Hidden = true,
        Export = FieldExport.None,
        Persistent = true,
    };

    public static StringsField List(string name, string description) => new(name)
    {
        Description = description,
        Hidden = true,
        Export = FieldExport.None,
        Persistent = true,
    };
}
