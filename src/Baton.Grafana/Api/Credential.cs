using System.Net.Http.Headers;
using System.Text;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Api;

/// <summary>What is sent as <c>Authorization</c>. What cannot be sent is refused here, in words that do not show it.</summary>
internal static class Credential
{
    /// <exception cref="ConnectorException">The username cannot be part of a credential.</exception>
    public static AuthenticationHeaderValue Basic(string username, string password)
        => username.Contains(':', StringComparison.Ordinal)
            ? throw new ConnectorException(StatusCode.InvalidArgument, "username cannot be used: it contains a colon, which would end it")
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));

    /// <exception cref="ConnectorException">The token is empty, or contains what no token does.</exception>
    public static AuthenticationHeaderValue Bearer(string token)
        => token.Length > 0 && token.All(character => character is > ' ' and < '\x7f')
            ? new("Bearer", token)
            : throw new ConnectorException(
                StatusCode.InvalidArgument, "api-token cannot be used: it is empty, or contains spaces, line breaks or letters that no token has; was it copied completely?");
}
