using Baton.Grafana.Api;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>Looks at what a request came to. Where that fails, the message must not leave open that the request was sent.</summary>
internal static class AfterWrite
{
    /// <exception cref="ConnectorException">It could not be read.</exception>
    public static async Task<T> ReadAsync<T>(WriteAnswer answer, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (ConnectorException failure)
        {
            var said = answer.IsUnknown ? $"no answer came ({answer.Failure?.Message})" : $"Grafana said \"{answer.Message}\"";
            throw new ConnectorException(failure.Code, $"grafana-connector: {said}, and what came of it could not be read back: {failure.Message}", failure)
            {
                IsTransient = failure.IsTransient,
                RateLimit = failure.RateLimit,
            };
        }
    }
}
