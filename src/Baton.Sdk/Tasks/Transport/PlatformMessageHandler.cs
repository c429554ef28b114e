using System.Net.Http.Headers;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>Sends calls under our name, and sees to it that only the platform's answers are taken for its answers.</summary>
internal sealed class PlatformMessageHandler(HttpMessageHandler inner, string userAgent) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var library = request.Headers.UserAgent.ToString();
        request.Headers.UserAgent.Clear();
        request.Headers.TryAddWithoutValidation("User-Agent", $"{userAgent} {library}".TrimEnd());

        var response = await base.SendAsync(request, cancellationToken);
        if (IsGrpc(response.Content.Headers.ContentType))
        {
            return response;
        }

        // A page of a load balancer would count as an answer of the platform, and a 404 of it as final.
        var (status, host) = ((int)response.StatusCode, request.RequestUri?.Authority);
        var elsewhere = request.RequestUri is { } asked ? SignInRedirect.Explain(response, asked) : null;
        response.Dispose();
        throw new NotThePlatformException(elsewhere ?? $"what answers at {host} is not the platform: HTTP status {status}, and no gRPC");
    }

    private static bool IsGrpc(MediaTypeHeaderValue? type) => type?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
