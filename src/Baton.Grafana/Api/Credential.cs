using System.Net.Http.Headers;
using System.Text;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Api;

/// <summary>
/// What is sent as <c>Authorization</c>, made of a secret that may be replaced while the process runs. What cannot be sent is refused
/// here, in words that do not show it. Thread-safe.
/// </summary>
internal sealed class Credential
{
    private readonly Func<string> _secret;
    private readonly Func<string, AuthenticationHeaderValue> _toHeader;
    private volatile Made _made;

    private Credential(Func<string> current, Func<string, AuthenticationHeaderValue> toHeader)
    {
        (_secret, _toHeader) = (current, toHeader);
        var first = current();
        _made = new(first, toHeader(first));
    }

    /// <summary>Of the secret in force: the same object as long as that stays the same.</summary>
    /// <exception cref="ConnectorException">It was replaced by something that cannot be sent.</exception>
    public AuthenticationHeaderValue Header
    {
        get
        {
            var (now, made) = (_secret(), _made);
            return (now == made.Secret ? made : _made = new(now, _toHeader(now))).Header;
        }
    }

    /// <exception cref="ConnectorException">The username cannot be part of a credential.</exception>
    public static Credential Basic(string username, Func<string> password)
        => username.Contains(':', StringComparison.Ordinal)
            ? throw new ConnectorException(StatusCode.InvalidArgument, "username cannot be used: it contains a colon, which would end it")
            : new(password, text => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{text}"))));

    /// <inheritdoc cref="Basic(string, Func{string})"/>
    public static Credential Basic(string username, string password) => Basic(username, () => password);

    /// <remarks>No token begins or ends with a space or a line break; a password may.</remarks>
    /// <exception cref="ConnectorException">The token is empty, or contains what no token does.</exception>
    public static Credential Bearer(Func<string> token) => new(token, text => BearerHeader(text.Trim()));

    /// <inheritdoc cref="Bearer(Func{string})"/>
    public static Credential Bearer(string token) => Bearer(() => token);

    private static AuthenticationHeaderValue BearerHeader(string token)
        => token.Length > 0 && token.All(character => character is > ' ' and < '\x7f')
            ? new("Bearer", token)
            : throw new ConnectorException(
                StatusCode.InvalidArgument, "api-token cannot be used: it is empty, or contains spaces, line breaks or letters that no token has; was it copied completely?");

    private sealed record Made(string Secret, AuthenticationHeaderValue Header)
    {
        // A record would print both.
        public override string ToString() => nameof(Made);
    }
}
