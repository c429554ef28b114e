using Baton.Sdk.Configuration;
using Baton.Sdk.Credentials;

namespace Baton.Sdk.Hosting.Service;

/// <summary>Client id and secret, checked before anything is connected to.</summary>
internal sealed record ServiceCredentials(ClientId Client, ClientSecret Secret) : IDisposable
{
    /// <exception cref="Connectors.ConnectorException">One of them is malformed.</exception>
    public static ServiceCredentials From(ResolvedConfiguration configuration)
        => new(ClientId.Parse(configuration.GetString("client-id")), ClientSecret.Parse(configuration.GetString("client-secret")));

    public void Dispose() => Secret.Dispose();
}
