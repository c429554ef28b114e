namespace Baton.Sdk.Http;

/// <summary>Says of a request that failed which proxy it went through, since otherwise the server would be looked for the fault.</summary>
internal sealed class ProxyWitness(HttpMessageHandler inner, EnvironmentProxy proxy) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure) when (request.RequestUri is { } target && proxy.Route(target) is { } route)
        {
            throw new ProxiedRequestException(route, proxy.Variable(target)!, failure);
        }
    }
}
