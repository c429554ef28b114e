using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Baton.Credentials;

namespace Baton.Demo;

/// <summary>Podium's public API, as any program calls it: a token for a signed assertion, then JSON.</summary>
internal sealed class PodiumApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _clientId;
    private readonly string _clientSecret;

    private PodiumApi(HttpClient http, string clientId, string clientSecret) => (_http, _clientId, _clientSecret) = (http, clientId, clientSecret);

    /// <param name="address">Where podium is.</param>
    /// <param name="authority">The file of its own authority, the only one that is trusted.</param>
    /// <param name="clientId">Of a key.</param>
    /// <param name="clientSecret">Of the same key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PodiumApi> SignInAsync(Uri address, string authority, string clientId, string clientSecret, CancellationToken cancellationToken)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority));
        var api = new PodiumApi(new(handler) { BaseAddress = address }, clientId, clientSecret);
        try
        {
            await api.RenewAsync(cancellationToken);
            return api;
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>A new token: one lives for ten minutes.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        using var secret = ClientSecret.Parse(_clientSecret);
        var assertion = ClientAssertion.Create(ClientId.Parse(_clientId), secret, TimeProvider.System.GetUtcNow(), ClientAssertion.NewNonce());
        using FormUrlEncodedContent form = new(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = _clientId,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        });
        using var answer = await _http.PostAsync("auth/v1/token", form, cancellationToken);
        var token = await ReadAsync("POST", "auth/v1/token", answer, cancellationToken);
        _http.DefaultRequestHeaders.Authorization = new("Bearer", token["access_token"]!.GetValue<string>());
    }

    /// <exception cref="DemoException">It was refused.</exception>
    public async Task<JsonObject> CallAsync(string method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(new(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request, cancellationToken);
        return await ReadAsync(method, path, answer, cancellationToken);
    }

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) => CallAsync("GET", path, null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static async Task<JsonObject> ReadAsync(string method, string path, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!.AsObject() : throw new DemoException($"podium answered {(int)answer.StatusCode} to {method} {path}: {text}");
    }
}
