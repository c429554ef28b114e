using Baton.Protocol.Connector.V2;
using Baton.Credentials;
using Baton.Sdk.Tasks.Transport;
using Baton.Sdk.Tests.Logging;
using Baton.Testing.ControlPlane;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Baton.Sdk.Tests.Tasks.Transport;

/// <summary>A control plane and a client of it. At the end nothing secret may have been logged, and no rule of the protocol broken.</summary>
internal sealed class TransportRig : IAsyncDisposable
{
    private readonly LogCapture _log = new(new() { Level = LogLevel.Trace });
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _clients = [];

    private TransportRig(FakeControlPlane platform, WatchedTime time)
    {
        Platform = platform;
        Time = time;
        _variables[PlatformAddress.Override] = platform.Address;
    }

    public FakeControlPlane Platform { get; }

    /// <summary>The clock of both.</summary>
    public WatchedTime Time { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static ConnectorMetadata Metadata => new() { DisplayName = "Test" };

    public ILogger Logger => _log.Logger;

    public string Log => _log.Error + _log.Output;

    public static async Task<TransportRig> StartAsync(FakeControlPlaneOptions? options = null)
    {
        var time = new WatchedTime(TimeProvider.System.GetUtcNow());
        return new(await FakeControlPlane.StartAsync((options ?? new()) with { Time = time }, Cancellation), time);
    }

    /// <summary>Sets a variable of the client's environment; null removes it.</summary>
    public TransportRig With(string name, string? value)
    {
        _variables.Remove(name);
        if (value is not null)
        {
            _variables.Add(name, value);
        }

        return this;
    }

    public PlatformClient Connect(Func<PlatformOptions, PlatformOptions>? change = null) => Connect(Time, change);

    public PlatformClient Connect(TimeProvider time, Func<PlatformOptions, PlatformOptions>? change = null)
    {
        var secret = ClientSecret.Parse(Platform.ClientSecret);
        var options = new PlatformOptions
        {
            Client = ClientId.Parse(Platform.ClientId),
            Secret = () => secret,
            HostId = "host-1",
            Variables = name => _variables.GetValueOrDefault(name),
            CertificateAuthorityPath = Platform.CertificateAuthorityPath,
        };
        var client = new PlatformClient(change is null ? options : change(options), time, _log.Logger);
        _clients.AddRange([client, secret]);
        return client;
    }

    /// <summary>The call fails, and tells no secrets.</summary>
    public static async Task<PlatformException> FailsAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<PlatformException>(call);
        AssertNoSecrets(failure.ToString());
        return failure;
    }

    public static async Task<byte[]> WriteFileAsync(string path, int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        "C1ZF\0"u8[..Math.Min(5, length)].CopyTo(content);
        await File.WriteAllBytesAsync(path, content, Cancellation);
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await Platform.DisposeAsync();
        AssertNoSecrets(Log);
        _log.Dispose();
    }

    /// <summary>Assertions and keys are JSON in base64url; the control plane's tokens are 40 hex digits; passwords of tests are "hunter2".</summary>
    private static void AssertNoSecrets(string text)
    {
        Assert.DoesNotContain("eyJ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{40}", text);
    }
}
