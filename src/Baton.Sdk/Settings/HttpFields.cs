using Baton.Configuration;
using Baton.Configuration.Validation;

namespace Baton.Sdk.Settings;

internal static class HttpFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new IntegerField("http-timeout-seconds")
        {
            Description = "HTTP client timeout in seconds (max 1800)",
            Default = 300,
            Rules = new IntegerRules { AtLeast = 1, AtMost = 1800, CheckZero = true },
            Export = FieldExport.Ops,
            Persistent = true,
        },
    ];
}
