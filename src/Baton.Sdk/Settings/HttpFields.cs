using Baton.Configuration;
using Baton.Configuration.Validation;
using Baton.Sdk.Http;

namespace Baton.Sdk.Settings;

internal static class HttpFields
{
    /// <summary>What a gateway between the connector and its target system wants to see.</summary>
    public const string GatewayHeader = "http-header";

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
        new StringField(GatewayHeader)
        {
            Description = "A header for every request to the target system, as 'Name: value'; may be repeated (one a line in the variable)",
            Secret = true,
            IsLines = true,
            SecretParts = GatewayHeaders.ValuesIn,
            Rules = new StringRules { Other = GatewayHeaders.FindProblem },
            Persistent = true,

            // Upstream does not know it, nor do the readers of its forms.
            Export = FieldExport.None,
        },
    ];
}
