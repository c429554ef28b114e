using Baton.Sdk.Tasks.Transport;
using Baton.Testing.ControlPlane;
using Baton.Testing.Hosting;

namespace Baton.Sdk.Tests.Tasks.Transport;

/// <summary>Platforms behind a proxy: the host of the client id exists for the proxy alone.</summary>
public sealed class ProxyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ThroughTheProxy_TunnelsTokensAndCalls()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var proxy = ProxyTo(rig.Platform);

        await rig.With(PlatformAddress.Override, null).With("HTTPS_PROXY", proxy.Address).Connect().GetTaskAsync(Cancellation);

        Assert.Equal(["CONNECT tenant.fake.test:443 HTTP/1.1", "CONNECT tenant.fake.test:443 HTTP/1.1"], proxy.Requests, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Call_ExceptedHost_IsReachedDirectly()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var proxy = ProxyTo(rig.Platform);
        var client = rig.With(PlatformAddress.Override, null).With("HTTPS_PROXY", proxy.Address).With("NO_PROXY", "fake.test").Connect();

        // Only the proxy knows the name.
        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.StartsWith("failed to get token: cannot find the host of tenant.fake.test:443;", failure.Message, StringComparison.Ordinal);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task Call_ThisMachine_IsReachedDirectly()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var proxy = ProxyTo(rig.Platform);

        await rig.With("HTTPS_PROXY", proxy.Address).Connect().GetTaskAsync(Cancellation);

        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task Call_ProxyRefuses_NamesItWithoutThePassword()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var proxy = new ForwardProxy(target: 0, refuses: true);
        var address = new Uri(proxy.Address);
        var client = rig.With(PlatformAddress.Override, null).With("HTTPS_PROXY", $"http://user:hunter2@{address.Authority}").Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.Unreachable, true), (failure.Failure, failure.IsTransient));
        Assert.Equal(
            $"failed to get token: the proxy does not connect to tenant.fake.test:443 through the proxy {address.Authority}: it answers 407; check HTTPS_PROXY and NO_PROXY",
            failure.Message);
    }

    [Fact]
    public async Task Call_ProxyIsDown_NamesIt()
    {
        await using var rig = await TransportRig.StartAsync();
        var nobody = Http.SocketServer.Nobody().Authority;
        var client = rig.With(PlatformAddress.Override, null).With("HTTPS_PROXY", nobody).Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal($"failed to get token: cannot connect to the proxy {nobody} that HTTPS_PROXY names: Connection refused", failure.Message);
    }

    [Fact]
    public async Task Call_ProxyIsNotFound_NamesIt()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.With(PlatformAddress.Override, null).With("https_proxy", "http://user:hunter2@proxy.invalid:3128").Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal(
            "failed to get token: cannot find the proxy proxy.invalid:3128 that https_proxy names; correct it, or name tenant.fake.test in NO_PROXY",
            failure.Message);
    }

    private static ForwardProxy ProxyTo(FakeControlPlane platform) => new(new Uri($"https://{platform.Address}").Port);
}
