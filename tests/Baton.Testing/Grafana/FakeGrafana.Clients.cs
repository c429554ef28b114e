using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Baton.Testing.Grafana;

/// <content>Clients that trust the instance and follow no redirect.</content>
public sealed partial class FakeGrafana
{
    /// <summary>Of the server administrator that the instance starts with.</summary>
    public HttpClient CreateClient() => CreateClient(_options.AdminLogin, _options.AdminPassword);

    public HttpClient CreateClient(string login, string password)
        => CreateClient(new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}"))));

    public HttpClient CreateTokenClient(string token) => CreateClient(new("Bearer", token));

    /// <summary>Without a credential.</summary>
    public HttpClient CreateAnonymousClient() => CreateClient(null);

    private HttpClient CreateClient(AuthenticationHeaderValue? authorization)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        if (CertificateAuthority is { } authority)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            };
        }

        return new(handler) { BaseAddress = BaseAddress, DefaultRequestHeaders = { Authorization = authorization } };
    }
}
