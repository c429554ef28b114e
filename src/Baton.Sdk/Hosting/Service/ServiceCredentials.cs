using Baton.Configuration;
using Baton.Credentials;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Service;

/// <summary>Client id and secret, checked before anything is connected to.</summary>
internal sealed record ServiceCredentials(ClientId Client, CurrentClientSecret Secret) : IDisposable
{
    /// <exception cref="ConnectorException">One of them is malformed.</exception>
    public static ServiceCredentials From(ResolvedConfiguration configuration, ILogger logger)
    {
        try
        {
            return new(ClientId.Parse(configuration.GetString("client-id")), new(configuration.GetSecret("client-secret").Read, logger));
        }
        catch (CredentialException malformed)
        {
            throw new ConnectorException(StatusCode.Unknown, malformed.Message, malformed);
        }
    }

    public void Dispose() => Secret.Dispose();
}
