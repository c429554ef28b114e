using System.Diagnostics;
using Baton.Sdk.Telemetry;

namespace Baton.Sdk.Http;

/// <summary>
/// A span and a duration for each request to the target system, until its head is answered. The names are OpenTelemetry's for HTTP clients.
/// </summary>
internal sealed class RequestTelemetry(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!ConnectorTelemetry.Spans.HasListeners() && !ConnectorTelemetry.RequestDuration.Enabled)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var address = request.RequestUri!;
        var tags = new TagList
        {
            { "http.request.method", request.Method.Method },
            { "server.address", address.Host },
            { "server.port", address.Port },
            { "url.template", PathTemplate.Of(address) },
        };
        using var span = ConnectorTelemetry.Spans.StartActivity($"{request.Method.Method} {PathTemplate.Of(address)}", ActivityKind.Client, default(ActivityContext), tags);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            tags.Add("http.response.status_code", status);
            span?.SetTag("http.response.status_code", status);
            if (status >= 400)
            {
                tags.Add("error.type", $"{status}");
                ConnectorTelemetry.Fail(span, $"{status}");
            }

            return response;
        }
        catch (Exception failure)
        {
            var reason = failure is HttpRequestException broken ? broken.HttpRequestError.ToString() : failure is OperationCanceledException ? "cancelled" : failure.GetType().Name;
            tags.Add("error.type", reason);
            ConnectorTelemetry.Fail(span, reason);
            throw;
        }
        finally
        {
            ConnectorTelemetry.RequestDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }
}
