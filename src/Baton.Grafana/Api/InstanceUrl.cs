using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Api;

/// <summary>
/// The instance URL as people give it (without a scheme, with the path of a login page, with spaces around it) and as requests need it:
/// absolute, its sub-path kept, a slash at the end.
/// </summary>
internal static class InstanceUrl
{
    // What is pasted along with the address. Only what cannot well be a sub-path: an instance may live below /dashboards or /admin.
    private static readonly string[] PagesOfGrafana = ["/login", "/signup", "/api"];

    /// <exception cref="ConnectorException">The text is no usable URL; the message says why.</exception>
    public static Uri Parse(string text)
    {
        var trimmed = text.Trim();
        var withScheme = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : $"https://{trimmed}";
        if (LacksSlashes(trimmed) || !Uri.TryCreate(withScheme, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            throw Wrong("it is not a URL; expected for example https://grafana.example.com");
        }

        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw Wrong($"its scheme is {url.Scheme}; expected https or http");
        }

        if (url.UserInfo.Length > 0)
        {
            throw Wrong("it contains credentials; give them with --username and --password");
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw Wrong("it contains a query or a fragment; give the address of the instance only");
        }

        var path = url.AbsolutePath.TrimEnd('/');
        foreach (var page in PagesOfGrafana)
        {
            if (path.EndsWith(page, StringComparison.Ordinal))
            {
                path = path[..^page.Length];
                break;
            }
        }

        return new UriBuilder(url.Scheme, url.Host, url.Port, path + "/").Uri;
    }

    /// <summary>Credentials would cross a network unprotected.</summary>
    public static bool IsUnprotected(Uri url) => url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback;

    // "https:host" would otherwise be a host named https.
    private static bool LacksSlashes(string text)
        => !text.Contains("://", StringComparison.Ordinal)
            && (text.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    private static ConnectorException Wrong(string why) => new(StatusCode.InvalidArgument, $"hostname cannot be used: {why}");
}
