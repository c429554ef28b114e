using Baton.Sdk.Configuration;
using Baton.Sdk.Credentials;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Service;

/// <summary>Client id and secret, checked before anything is connected to.</summary>
internal sealed record ServiceCredentials(ClientId Client, CurrentClientSecret Secret) : IDisposable
{
    /// <exception cref="Connectors.ConnectorException">One of them is malformed.</exception>
    public static ServiceCredentials From(ResolvedConfiguration configuration, ILogger logger)
        => new(ClientId.Parse(configuration.GetString("client-id")), new(configuration.GetSecret("client-secret").Read, logger));

    public void Dispose() => Secret.Dispose();
}
