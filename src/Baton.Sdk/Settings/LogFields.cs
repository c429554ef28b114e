using Baton.Configuration;

namespace Baton.Sdk.Settings;

internal static class LogFields
{
    public static IReadOnlyList<ConfigurationField> All(bool outputIsTerminal) =>
    [
        new StringField("log-format")
        {
            Description = "The format of log lines: json, console",
            Default = outputIsTerminal ? "console" : "json",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("log-level")
        {
            Description = "The log level: debug, info, warn, error",
            Default = "info",
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new StringsField("log-path")
        {
            Description = "Where to log: paths of files, stdout, stderr; standard error if not given",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("log-level-debug-expires-at")
        {
            Description = "The timestamp indicating when debug-level logging should expire",
            Export = FieldExport.Ops,
            Persistent = true,
        },
    ];
}
