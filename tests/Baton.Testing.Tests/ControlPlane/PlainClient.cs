using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Protocol.Connector.V2;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Testing.ControlPlane;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Task = System.Threading.Tasks.Task;

namespace Baton.Testing.Tests.ControlPlane;

/// <summary>A client that knows nothing of the SDK: it does what it is told, right or wrong.</summary>
internal sealed class PlainClient : IDisposable
{
    public const string Host = "test-host";

    private readonly FakeControlPlane _platform;
    private readonly HttpClient _http;
    private readonly GrpcChannel _channel;
    private readonly Metadata _authorization = [];

    private PlainClient(FakeControlPlane platform)
    {
        _platform = platform;
        var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = Trusting(platform.CertificateAuthority) };
        _http = new(handler) { BaseAddress = new($"https://{platform.Address}") };
        _channel = GrpcChannel.ForAddress(_http.BaseAddress, new() { HttpClient = _http });
        Service = new(_channel);
    }

    public BatonService.BatonServiceClient Service { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static PlainClient WithoutToken(FakeControlPlane platform) => new(platform);

    public static async Task<PlainClient> SignInAsync(FakeControlPlane platform)
    {
        var client = new PlainClient(platform);
        await client.RefreshAsync();
        return client;
    }

    public async Task RefreshAsync()
    {
        using var response = await RequestTokenAsync();
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        _authorization.Clear();
        _authorization.Add("authorization", $"Bearer {answer!["access_token"]}");
    }

    /// <summary>The members of form, header and claims that are named take the place of the good ones; null leaves one out.</summary>
    public async Task<HttpResponseMessage> RequestTokenAsync(
        IEnumerable<(string Name, string? Value)>? form = null, JsonObject? header = null, JsonObject? claims = null, byte[]? seed = null, Version? version = null)
    {
        var members = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = _platform.ClientId,
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = Assertion(header ?? [], Merge(Identity(), claims ?? []), seed ?? Seed()),
        };
        foreach (var (name, value) in form ?? [])
        {
            members[name] = value;
        }

        using var content = new FormUrlEncodedContent(members.Where(member => member.Value is not null)!);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/v1/token") { Content = content, Version = version ?? HttpVersion.Version20 };
        return await _http.SendAsync(request, Cancellation);
    }

    public CallOptions Options(TimeSpan? limit = null)
        => new(_authorization, limit is { } time ? TimeProvider.System.GetUtcNow().UtcDateTime + time : null, Cancellation);

    public async Task<BatonServiceGetTaskResponse> GetTaskAsync(string host = Host) => await Service.GetTaskAsync(new() { HostId = host }, Options());

    public async Task<BatonServiceGetTasksResponse> GetTasksAsync(uint pageSize, params IEnumerable<string> known)
        => await Service.GetTasksAsync(new() { HostId = Host, PageSize = pageSize, KnownTaskIds = { known } }, Options());

    public async Task<BatonServiceHeartbeatResponse> HeartbeatAsync(string taskId, string host = Host)
        => await Service.HeartbeatAsync(new() { HostId = host, TaskId = taskId }, Options());

    public async Task FinishAsync(string taskId, string host = Host)
        => await Service.FinishTaskAsync(new() { HostId = host, TaskId = taskId, Success = new() }, Options());

    public async Task HelloAsync(BatonServiceHelloRequest? request = null) => await Service.HelloAsync(request ?? GoodHello(), Options());

    public async Task UploadAsync(string taskId, byte[] content, int chunk = 512 * 1024)
        => await SendAsync([Begin(taskId), .. content.Chunk(chunk).Select(Data), End(SHA256.HashData(content))]);

    public async Task SendAsync(params IReadOnlyList<BatonServiceUploadAssetRequest> parts)
    {
        using var call = Service.UploadAsset(Options());
        try
        {
            foreach (var part in parts)
            {
                await call.RequestStream.WriteAsync(part, Cancellation);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception early) when (early is RpcException or InvalidOperationException or IOException)
        {
            // Answered before everything was sent: the answer tells.
        }

        await call.ResponseAsync;
    }

    public static BatonServiceUploadAssetRequest Begin(string taskId) => new() { Metadata = new() { HostId = Host, TaskId = taskId } };

    public static BatonServiceUploadAssetRequest Data(byte[] bytes) => new() { Data = new() { Data = ByteString.CopyFrom(bytes) } };

    public static BatonServiceUploadAssetRequest End(byte[] digest) => new() { Eof = new() { Sha256Checksum = ByteString.CopyFrom(digest) } };

    public static BatonServiceHelloRequest GoodHello() => new()
    {
        HostId = Host,
        BuildInfo = new() { LangVersion = "1", Package = "p", PackageVersion = "1" },
        OsInfo = new()
        {
            Hostname = "h",
            Os = "linux",
            Platform = "debian",
            PlatformVersion = "12",
            PlatformFamily = "debian",
            KernelVersion = "6",
            KernelArch = "x86_64",
            VirtualizationSystem = "none",
        },
        ConnectorMetadata = new ConnectorMetadata { DisplayName = "Test" },
    };

    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2 authority) => new()
    {
        CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    private static string Assertion(JsonObject header, JsonObject claims, byte[] seed)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var head = Merge(new() { ["alg"] = "EdDSA", ["nonce"] = RandomNumberGenerator.GetHexString(32, lowercase: true) }, header);
        var body = Merge(new() { ["exp"] = now + 120, ["nbf"] = now - 120, ["iat"] = now }, claims);
        var message = Encoding.ASCII.GetBytes($"{Part(head)}.{Part(body)}");
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return $"{Encoding.ASCII.GetString(message)}.{Base64Url.EncodeToString(signature)}";
    }

    private static JsonObject Merge(JsonObject good, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            good[name] = value?.DeepClone();
        }

        return good;
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private JsonObject Identity() => new() { ["iss"] = _platform.ClientId, ["sub"] = _platform.ClientId, ["aud"] = "tenant.fake.test" };

    private byte[] Seed()
    {
        var jwk = JsonNode.Parse(Base64Url.DecodeFromChars(_platform.ClientSecret.Split(':')[3]))!;
        return Base64Url.DecodeFromChars((string)jwk["d"]!);
    }
}
