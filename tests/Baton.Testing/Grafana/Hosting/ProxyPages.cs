using System.Text;
using Baton.Testing.Grafana.Api;
using Baton.Testing.Grafana.Faults;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.Grafana.Hosting;

/// <summary>What is not the API: the pages of the instance, and those of the reverse proxy around its sub-path.</summary>
internal static class ProxyPages
{
    /// <summary>Outside the sub-path, where only the proxy answers.</summary>
    public static async Task AnswerAsync(HttpContext http, FakeGrafanaOptions options)
    {
        var response = http.Response;
        response.ContentType = ApiAnswer.Html;
        response.StatusCode = 404;
        if (options.RedirectIntoSubPath)
        {
            response.StatusCode = 302;
            response.Headers.Location = options.SubPath + "/";
        }

        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(HtmlPages.NotFound), http.RequestAborted);
    }

    /// <summary>A page of the instance: everybody is sent to the one for signing in.</summary>
    public static void AnswerPage(HttpRequest request, ApiAnswer answer, FakeGrafanaOptions options)
    {
        if (request.Path == "/healthz")
        {
            answer.WriteText(200, "text/plain; charset=utf-8", "Ok");
        }
        else if (request.Path == "/login")
        {
            answer.WriteText(200, ApiAnswer.Html, HtmlPages.Index);
        }
        else
        {
            answer.Headers.Add(("Location", options.SubPath + "/login"));
            answer.WriteText(302, ApiAnswer.Html, $"<a href=\"{options.SubPath}/login\">Found</a>.\n\n");
        }
    }
}
