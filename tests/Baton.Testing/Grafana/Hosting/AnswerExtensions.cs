using Baton.Testing.Grafana.Api;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.Grafana.Hosting;

/// <summary>Puts an answer on the wire.</summary>
internal static class AnswerExtensions
{
    public static void WriteHeadersTo(this ApiAnswer answer, HttpResponse response)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.CacheControl = "no-cache";
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }
    }

    public static async Task WriteToAsync(this ApiAnswer answer, HttpResponse response, CancellationToken cancellationToken)
    {
        answer.WriteHeadersTo(response);
        response.ContentLength = answer.Body.Length;
        if (response.HttpContext.Request.Method != "HEAD")
        {
            await response.Body.WriteAsync(answer.Body, cancellationToken);
        }
    }
}
