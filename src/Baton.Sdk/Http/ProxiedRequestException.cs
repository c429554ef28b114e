namespace Baton.Sdk.Http;

/// <summary>A request that went through a proxy got no complete answer. Its message is the one before it; that can name the proxy, password and all.</summary>
/// <param name="proxy">The proxy's host and port.</param>
/// <param name="variable">What names it.</param>
/// <param name="failure">What happened.</param>
internal sealed class ProxiedRequestException(string proxy, string variable, HttpRequestException failure)
    : HttpRequestException(failure.HttpRequestError, failure.Message, failure.InnerException, failure.StatusCode)
{
    public string Proxy { get; } = proxy;

    public string Variable { get; } = variable;

    /// <summary>It is the proxy that is not found or not reached, not the server behind it.</summary>
    public bool IsOfTheProxyItself => HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError;
}
