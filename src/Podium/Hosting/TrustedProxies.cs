using Microsoft.AspNetCore.HttpOverrides;

namespace Podium.Hosting;

/// <summary>Who stands in front of this server and may say who really called. From everybody else, <c>X-Forwarded-*</c> is a lie.</summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication application, ServerOptions options)
    {
        if (options.TrustedProxies.Count == 0)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // As many as there are trusted ones in a row.
            ForwardLimit = null,
        };
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var network in options.TrustedProxies)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        application.UseForwardedHeaders(forwarded);
    }
}
