using System.Globalization;
using System.Net;

namespace Baton.Sdk.Http;

/// <summary>
/// What <c>NO_PROXY</c> says is reached directly, separated by commas: a name and its subdomains (<c>example.com</c>), subdomains alone
/// (<c>.example.com</c>, <c>*.example.com</c>), an address, a network (<c>10.0.0.0/8</c>, <c>fd00::/8</c>), each but the last also with a port
/// (<c>example.com:8443</c>, <c>[fd00::1]:443</c>), or <c>*</c>, which is everything. A name is not looked up to see which network it is in.
/// </summary>
internal sealed class ProxyExceptions
{
    private readonly bool _everything;
    private readonly List<(IPAddress Network, int Bits)> _networks = [];
    private readonly List<(IPAddress Address, string Port)> _addresses = [];
    private readonly List<(string Suffix, bool ItselfToo, string Port)> _domains = [];

    private ProxyExceptions(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (entry == "*")
            {
                _everything = true;
            }
            else if (Network(entry) is { } network)
            {
                _networks.Add(network);
            }
            else
            {
                Add(entry);
            }
        }
    }

    public static ProxyExceptions Parse(string text)
        => new(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.ToLowerInvariant()));

    /// <summary>Whether the target is reached directly.</summary>
    public bool Hold(Uri target)
    {
        var host = target.IdnHost.TrimEnd('.').ToLowerInvariant();
        var port = target.Port.ToString(CultureInfo.InvariantCulture);
        var address = IPAddress.TryParse(host, out var parsed) ? Plain(parsed) : null;
        return host == "localhost"
            || (address is not null && IPAddress.IsLoopback(address))
            || _everything
            || (address is null ? HoldsName(host, port) : HoldsAddress(address, port));
    }

    private bool HoldsName(string host, string port) => _domains.Any(domain
        => (host.EndsWith(domain.Suffix, StringComparison.Ordinal) || (domain.ItselfToo && host == domain.Suffix[1..])) && IsOfPort(domain.Port, port));

    private bool HoldsAddress(IPAddress address, string port)
        => _networks.Any(network => Contains(network.Network, network.Bits, address))
            || _addresses.Any(exception => exception.Address.Equals(address) && IsOfPort(exception.Port, port));

    private static bool IsOfPort(string wanted, string port) => wanted.Length == 0 || wanted == port;

    private void Add(string entry)
    {
        var (host, port) = SplitPort(entry);
        if (Address(host) is { } address)
        {
            _addresses.Add((address, port));
        }
        else if (host.Length > 0)
        {
            var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host;
            var itselfToo = name[0] != '.';
            _domains.Add(("." + Ascii(itselfToo ? name : name[1..]), itselfToo, port));
        }
    }

    // What has several colons and no brackets is an address of IPv6, and has no port.
    private static (string Host, string Port) SplitPort(string entry)
    {
        var colon = entry.LastIndexOf(':');
        var host = colon < 0 ? entry : entry[..colon];
        return colon < 0 ? (entry, "")
            : host.StartsWith('[') && host.EndsWith(']') ? (host[1..^1], entry[(colon + 1)..])
            : host.Contains(':', StringComparison.Ordinal) || host.Contains('[', StringComparison.Ordinal) ? (entry, "")
            : (host, entry[(colon + 1)..]);
    }

    private static (IPAddress Network, int Bits)? Network(string entry)
        => entry.Split('/') is [var text, var length]
            && Address(text, isPlain: false) is { } address
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= address.GetAddressBytes().Length * 8
                ? (address, bits)
                : null;

    /// <summary>As it is written, and no shorthand: .NET takes "10" and "0x7f.1" for addresses, where others take them for names.</summary>
    private static IPAddress? Address(string text, bool isPlain = true)
        => (text.Contains(':', StringComparison.Ordinal) ? !text.AsSpan().ContainsAny('%', '[') : text.Split('.') is { Length: 4 } parts && parts.All(IsByte))
            && IPAddress.TryParse(text, out var address)
                ? isPlain ? Plain(address) : address
                : null;

    private static bool IsByte(string text)
        => text is { Length: > 0 and <= 3 } && (text.Length == 1 || text[0] != '0') && text.All(char.IsAsciiDigit);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool Contains(IPAddress network, int bits, IPAddress address)
    {
        // A network within ::ffff:0:0/96 is one of IPv4.
        if (network.IsIPv4MappedToIPv6 && bits >= 96)
        {
            (network, bits) = (network.MapToIPv4(), bits - 96);
        }

        if (network.AddressFamily != address.AddressFamily)
        {
            return false;
        }

        var (ours, theirs) = (network.GetAddressBytes(), address.GetAddressBytes());
        for (var index = 0; index < ours.Length && bits > 0; index++, bits -= 8)
        {
            var mask = (byte)(bits >= 8 ? 0xff : 0xff << (8 - bits));
            if (((ours[index] ^ theirs[index]) & mask) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string Ascii(string name)
    {
        try
        {
            return name.All(char.IsAscii) ? name : new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            // No name that there can be: it excepts nothing.
            return name;
        }
    }
}
