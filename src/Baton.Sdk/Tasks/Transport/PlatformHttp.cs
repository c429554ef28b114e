using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>Connections to the platform: TLS from 1.2 on, the system's authorities and one's own, the environment's proxy.</summary>
internal static class PlatformHttp
{
    private const int TcpUserTimeout = 18;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    // A name may come to mean another address while a connector runs for months.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    /// <summary>For token requests. Redirects are the caller's to judge: what is sent proves who the connector is.</summary>
    /// <exception cref="ConnectorException">The certificate authority's file cannot be used.</exception>
    public static HttpClient ForTokens(EnvironmentProxy proxy, string? certificateAuthorityPath, ServerObserver? observer = null)
    {
        var handler = Create(proxy, certificateAuthorityPath);
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        observer?.Watch(handler.SslOptions);
        return new HttpClient(observer?.Watch(handler) ?? (HttpMessageHandler)handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>For calls.</summary>
    /// <exception cref="ConnectorException">The certificate authority's file cannot be used.</exception>
    public static HttpMessageHandler ForCalls(EnvironmentProxy proxy, string? certificateAuthorityPath, string userAgent)
        => new PlatformMessageHandler(Create(proxy, certificateAuthorityPath), userAgent);

    private static SocketsHttpHandler Create(EnvironmentProxy proxy, string? certificateAuthorityPath)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = proxy,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectCallback = ConnectAsync,
        };
#pragma warning disable CA5398 // The system's default may allow older ones, which the platform's clients do not.
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
        if (certificateAuthorityPath is { Length: > 0 } path)
        {
            TrustedAuthorities.Load(path).ApplyTo(handler.SslOptions);
        }

        return handler;
    }

    /// <summary>
    /// A connection that finds out within two minutes that the other side is gone, also while it waits for work to come. HTTP/2 has pings
    /// for that, but servers of gRPC take it ill when they come more often than every five minutes.
    /// </summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
            if (OperatingSystem.IsLinux())
            {
                LimitUnacknowledged(socket);
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Keep-alive tells nothing while something sent is not acknowledged; without this, Linux tries for a quarter of an hour.
    private static void LimitUnacknowledged(Socket socket)
    {
        var milliseconds = 90_000;
        try
        {
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in milliseconds)));
        }
        catch (SocketException)
        {
            // Some sandboxes do not know it. Calls have their limits in any case.
        }
    }
}
