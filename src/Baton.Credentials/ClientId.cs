
namespace Baton.Credentials;

/// <summary>Who this connector is to the platform, and where the platform is. Written <c>name@host[:port]/anything</c>.</summary>
/// <param name="Original">The whole text: <c>client_id</c>, issuer and subject of a token request.</param>
/// <param name="Name">Names the connector in the user agent of its calls. May be empty.</param>
/// <param name="TokenHost">Where tokens are asked for, and where the calls go.</param>
public sealed record ClientId(string Original, string Name, PlatformHost TokenHost)
{
    /// <summary>Whom an assertion is meant for: the host without its port, also where another host is called in its place.</summary>
    public string Host => TokenHost.Name;

    /// <exception cref="CredentialException">It is no client id.</exception>
    public static ClientId Parse(string text)
    {
        if (text.Split('@', 2) is [var name, var rest] && rest.Split('/', 2) is [var host, _])
        {
            return new(text, name, new(host));
        }

        throw new CredentialException("invalid client id: expected name@host/path, as the platform shows it");
    }

    public override string ToString() => Original;
}
