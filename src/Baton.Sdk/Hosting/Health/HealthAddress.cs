using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Baton.Configuration;

namespace Baton.Sdk.Hosting.Health;

/// <summary>Where the health server listens, and where it is asked: address and port as configured.</summary>
internal sealed record HealthAddress(string Host, int Port)
{
    /// <exception cref="ConfigurationException">There is no such port.</exception>
    public static HealthAddress From(ResolvedConfiguration configuration)
    {
        var port = configuration.GetInteger("health-check-port");
        return port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
            ? new(configuration.GetString("health-check-bind-address").Trim('[', ']'), (int)port)
            : throw new ConfigurationException($"health-check-port must be a port, 0 to {IPEndPoint.MaxPort}, but is {port}");
    }

    /// <summary>No address at all means all of them.</summary>
    /// <exception cref="SocketException">Nobody knows the name.</exception>
    public IPEndPoint ToListenOn()
        => new(Host.Length == 0 ? Everywhere() : IPAddress.TryParse(Host, out var address) ? address : Resolve(), Port);

    /// <summary>Where a process on the same machine reaches it.</summary>
    public Uri ToAsk(string path)
    {
        var host = Host;
        if (host.Length == 0 || (IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))))
        {
            host = host.Contains(':') ? "::1" : "127.0.0.1";
        }

        return new UriBuilder(Uri.UriSchemeHttp, host.Contains(':') ? $"[{host}]" : host, Port, path).Uri;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    private static IPAddress Everywhere() => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    private IPAddress Resolve()
    {
        var addresses = Dns.GetHostAddresses(Host);
        return Array.Find(addresses, address => address.AddressFamily == AddressFamily.InterNetwork)
            ?? (addresses is [var first, ..] ? first : throw new SocketException((int)SocketError.HostNotFound));
    }
}
