using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Podium.Hosting.Authority;

namespace Podium.Hosting;

internal static class Listeners
{
    public static void AddListeners(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            var certificate = kestrel.ApplicationServices.GetRequiredService<IServerCertificate>();
            var addresses = kestrel.ApplicationServices.GetRequiredService<ListeningAddresses>();
            Listen(options.Listen, Listener.Public, HttpProtocols.Http1AndHttp2, tls: true);
            // A listener of their own: it can be reached from this machine only, whatever --listen says.
            Listen(new(IPAddress.Loopback, 0), Listener.Children, HttpProtocols.Http1AndHttp2, tls: true);
            if (options.ListenGrpc is { } grpc)
            {
                // Without TLS there is no negotiation: a port that speaks both would speak HTTP/1.1 alone.
                Listen(grpc, Listener.Grpc, HttpProtocols.Http2, tls: false);
            }

            if (options.ListenHealth is { } health)
            {
                Listen(health, Listener.Health, HttpProtocols.Http1, tls: false);
            }

            void Listen(IPEndPoint endPoint, Listener listener, HttpProtocols protocols, bool tls) => kestrel.Listen(endPoint, listen =>
            {
                listen.Protocols = protocols;
                addresses.Add(listener, tls, () => listen.IPEndPoint!);
                var feature = new ListenerFeature(listener);
                listen.Use(next => connection =>
                {
                    connection.Features.Set(feature);
                    return next(connection);
                });
                if (tls)
                {
                    listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current());
                }
            });
        });
    }

    /// <summary>What a listener is not for is not there.</summary>
    public static void UseListeners(this WebApplication application) => application.Use((context, next) =>
    {
        if (IsFor(context.Listener(), context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static bool IsFor(Listener listener, HttpRequest request)
    {
        var isHealth = request.Path.Value is "/health" or "/ready" or "/live" or "/metrics";
        var isGrpc = request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
        return listener switch
        {
            Listener.Public => !isHealth,
            Listener.Grpc => isGrpc,
            Listener.Children => isGrpc || request.Path == "/auth/v1/token",
            Listener.Health => isHealth,
            _ => false,
        };
    }
}
