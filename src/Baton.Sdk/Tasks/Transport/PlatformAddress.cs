using Baton.Sdk.Connectors;
using Baton.Credentials;
using Grpc.Core;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>Where the platform is called.</summary>
/// <param name="TokenUrl">Where tokens are asked for.</param>
/// <param name="Service">Where the calls go.</param>
/// <param name="Audience">Whom the assertion is meant for, which the override does not change.</param>
internal sealed record PlatformAddress(Uri TokenUrl, Uri Service, string Audience)
{
    public const string Override = "BATON_C1_API_HOST";

    /// <summary>Host and port of the service, for messages.</summary>
    public string Authority => Service.IsDefaultPort ? $"{Service.Host}:{Service.Port}" : Service.Authority;

    /// <param name="client">Its host is the platform's, unless another is given.</param>
    /// <param name="apiHost">What <see cref="Override"/> says, as <c>host</c> or <c>host:port</c>; null when it is not set.</param>
    /// <exception cref="ConnectorException">That is no host.</exception>
    public static PlatformAddress Of(ClientId client, string? apiHost)
    {
        var host = apiHost is null ? client.TokenHost : new PlatformHost(apiHost);
        if (!Uri.TryCreate($"https://{host.Address}", UriKind.Absolute, out var service)
            || service.Host.Length == 0 || service.UserInfo.Length > 0 || service.PathAndQuery != "/" || service.Fragment.Length > 0)
        {
            throw new ConnectorException(
                StatusCode.Unknown,
                apiHost is null ? "invalid client id: what follows the @ is not a host or host:port"
                    : $"{Override} is '{apiHost}': it must be a host or host:port, or not be set at all");
        }

        return new(new Uri(host.TokenUrl), service, client.Host);
    }
}
