using System.Diagnostics;
using Podium.Hosting;

namespace Podium.Telemetry;

/// <summary>Measures each request by the pattern of its route: an address that somebody made up is none of them.</summary>
internal static class ServedRequestTelemetry
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public static void UseRequestTelemetry(this WebApplication application) => application.Use(async (context, next) =>
    {
        if (context.Listener() == Listener.Health)
        {
            await next(context);
            return;
        }

        var started = TimeProvider.System.GetTimestamp();
        using var span = Begin(context.Request);
        try
        {
            await next(context);
        }
        finally
        {
            var method = Methods.FirstOrDefault(known => known.Equals(context.Request.Method, StringComparison.OrdinalIgnoreCase)) ?? "other";
            var route = RouteOf(context);
            TagList tags = new() { { "method", method }, { "route", route }, { "status", context.Response.StatusCode } };
            ServerTelemetry.RequestDuration.Record(TimeProvider.System.GetElapsedTime(started).TotalSeconds, tags);
            if (span is not null)
            {
                span.DisplayName = $"{method} {route}";
                span.SetTag("http.request.method", method);
                span.SetTag("http.route", route);
                span.SetTag("http.response.status_code", context.Response.StatusCode);
                if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                {
                    span.SetStatus(ActivityStatusCode.Error);
                }
            }
        }
    });

    // The framework has an activity for each request, which nobody records: below it, ours would not be recorded either.
    private static Activity? Begin(HttpRequest request)
    {
        _ = ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var caller);
        Activity.Current = null;
        return ServerTelemetry.Spans.StartActivity("request", ActivityKind.Server, caller);
    }

    /// <summary>Error pages run the pipeline again: the endpoint is the one that was found at first.</summary>
    public static string RouteOf(HttpContext context) => context.GetEndpoint() is RouteEndpoint endpoint ? "/" + endpoint.RoutePattern.RawText?.TrimStart('/') : "none";
}
