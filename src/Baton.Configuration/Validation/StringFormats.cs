using System.Net;
using System.Net.Sockets;

namespace Baton.Configuration.Validation;

internal static class StringFormats
{
    public static bool Matches(this StringFormat format, string value) => format switch
    {
        StringFormat.Email => LooksLikeEmail(value),
        StringFormat.Hostname => Uri.CheckHostName(value) == UriHostNameType.Dns,
        StringFormat.IpAddress => IPAddress.TryParse(value, out _),
        StringFormat.Ipv4Address => IPAddress.TryParse(value, out var four) && four.AddressFamily == AddressFamily.InterNetwork,
        StringFormat.Ipv6Address => IPAddress.TryParse(value, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6,
        StringFormat.Uri => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Host.Length > 0,
        StringFormat.Uuid => Guid.TryParseExact(value, "D", out _),
        _ => true,
    };

    public static string Describe(this StringFormat format) => format switch
    {
        StringFormat.Email => "a valid email address",
        StringFormat.Hostname => "a valid hostname",
        StringFormat.IpAddress => "a valid IP address",
        StringFormat.Ipv4Address => "a valid IPv4 address",
        StringFormat.Ipv6Address => "a valid IPv6 address",
        StringFormat.Uri => "a valid URL",
        StringFormat.Uuid => "a valid UUID",
        _ => "text",
    };

    // Only a mail server can tell; this finds user names and display names given by mistake.
    private static bool LooksLikeEmail(string value)
        => value.Split('@') is [{ Length: > 0 }, { Length: > 0 } domain] && !value.Any(char.IsWhiteSpace)
            && Uri.CheckHostName(domain) == UriHostNameType.Dns;
}
