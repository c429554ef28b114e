using System.Text;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.Grafana;
using Baton.Testing.Hosting;
using Baton.Testing.Telemetry;
using Grpc.Core;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>What a collector gets of a service.</summary>
public sealed class ServiceTelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Telemetry_OfASyncAndAFailedGrant_IsOneTraceATask()
    {
        await using var collector = await FakeCollector.StartAsync(Cancellation);
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 20, organizations: 2);
        rig.Grafana.Faults.On("GET", "^/api/users/search").Once().RateLimit(retryAfterSeconds: 1);
        rig.Platform.Faults.On(CallKind.GetTask).Once().Fail(StatusCode.Unavailable);
        var sync = rig.AddSync();
        var grant = rig.AddGrant(1, "Editor", 987654);
        var connector = rig.Run("--otel-collector-endpoint", collector.Address, "--otel-collector-endpoint-tls-insecure");
        await rig.EndOfAsync(sync);
        await rig.EndOfAsync(grant);

        var ended = await ServiceRig.StopAsync(connector);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("baton-grafana-server", collector.Resource["service.name"]);
        IsOneTree(collector, "task SyncFull", ["sync", "sync list-resources", "sync list-grants", "upload", "GET /api/users/search", "GET /api/orgs/{id}/users"]);
        var failed = Assert.Single(collector.Spans, span => span.Name == "task Grant");
        Assert.True(failed.IsError);
        Assert.Equal("failed", failed.Attributes["baton.outcome"]);

        Assert.Equal(1UL, Point(collector, "baton.task.duration", ("baton.task.kind", "SyncFull"), ("baton.outcome", "succeeded")).Count);
        Assert.Equal(1UL, Point(collector, "baton.task.duration", ("baton.task.kind", "Grant"), ("baton.outcome", "failed")).Count);
        Assert.Equal(0, Point(collector, "baton.task.active", ("baton.task.kind", "SyncFull")).Value);
        Assert.Equal(1, Point(collector, "baton.poll.failures", ("error.type", "Unavailable")).Value);
        Assert.Equal(1UL, Point(collector, "baton.sync.duration", ("baton.outcome", "succeeded")).Count);
        Assert.True(Point(collector, "baton.sync.resources").Value >= 22);
        Assert.True(Point(collector, "baton.sync.grants").Value >= 20);
        Assert.Equal(new FileInfo(Assert.Single(sync.Uploads).Path).Length, Point(collector, "baton.sync.file.size").Value);
        Assert.Equal(new FileInfo(sync.Uploads[0].Path).Length, Point(collector, "baton.upload.size").Value);
        Assert.Equal(1UL, Point(collector, "baton.retry.wait", ("baton.retry.reason", "rate_limit")).Count);
        Assert.Equal(1UL, Point(collector, "http.client.request.duration", ("http.response.status_code", 429L), ("url.template", "/api/users/search")).Count);
        Assert.Contains(collector.Logs, line => line.Body == "task done" && line.TraceId.Length == 32 && (string?)line.Attributes["task_type"] == "SyncFull");
    }

    [Fact]
    public async Task Telemetry_OfEverything_NamesNobodyAndHasNoSecret()
    {
        await using var collector = await FakeCollector.StartAsync(Cancellation);
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 20);
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("PATCH", "/users/").Respond(409, """{"message":"ada.lovelace@planted.example is busy"}""");
        var sync = rig.AddSync();
        var grant = rig.AddGrant(1, "Editor", ada);
        var connector = rig.Run("--otel-collector-endpoint", collector.Address, "--otel-collector-endpoint-tls-insecure");
        await rig.EndOfAsync(sync);
        await rig.EndOfAsync(grant);
        await ServiceRig.StopAsync(connector);

        Assert.NotEmpty(collector.Spans);
        Assert.NotEmpty(collector.Points);
        Assert.NotEmpty(collector.Logs);
        foreach (var text in collector.Received.Select(bytes => Encoding.Latin1.GetString(bytes)))
        {
            foreach (var planted in new[] { "planted", rig.Platform.ClientSecret.Split(':')[^1], "Bearer ", "perpage" })
            {
                Assert.DoesNotContain(planted, text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task Telemetry_OverTls_ByTheStandardVariableOrTheFlag_IsTrustedByTheGivenAuthority()
    {
        await using var collector = await FakeCollector.StartWithTlsAsync(Cancellation);
        await using var rig = await ServiceRig.StartAsync();
        var authority = Path.Combine(rig.Workspace.Root, "collector.pem");
        await File.WriteAllTextAsync(authority, collector.CertificateAuthority, Cancellation);

        await RunOnceAsync(rig, "--otel-collector-endpoint", collector.Address, "--otel-collector-endpoint-tls-cert-path", authority);
        Assert.Contains(collector.Logs, line => line.Body == "stopped");
        var before = collector.Received.Count;

        var inline = Convert.ToBase64String(Encoding.UTF8.GetBytes(collector.CertificateAuthority!)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        rig.Workspace.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"https://{collector.Address}";
        await RunOnceAsync(rig, "--otel-collector-endpoint-tls-cert", inline);
        Assert.True(collector.Received.Count > before);
        before = collector.Received.Count;

        // Nobody to trust: nothing arrives, and nothing else happens.
        await RunOnceAsync(rig);
        Assert.Equal(before, collector.Received.Count);
    }

    [Theory]
    [InlineData("collector.example", "", true)]
    [InlineData("collector.example", "10.0.0.0/8, .other.example", true)]
    [InlineData("collector.example", ".example", false)]
    [InlineData("192.0.2.7", "192.0.2.0/24", false)]
    public async Task Telemetry_ProxyOfTheEnvironment_IsTakenByTheRuleForAll(string host, string exceptions, bool isProxied)
    {
        await using var collector = await FakeCollector.StartWithTlsAsync(Cancellation);
        await using var proxy = new ForwardProxy(new Uri($"https://{collector.Address}").Port);
        await using var rig = await ServiceRig.StartAsync();
        var authority = Path.Combine(rig.Workspace.Root, "collector.pem");
        await File.WriteAllTextAsync(authority, collector.CertificateAuthority, Cancellation);
        rig.Workspace.Variables["HTTPS_PROXY"] = proxy.Address;
        rig.Workspace.Variables["NO_PROXY"] = exceptions;

        await RunOnceAsync(rig, "--otel-collector-endpoint", $"{host}:4317", "--otel-collector-endpoint-tls-cert-path", authority);

        Assert.Equal(isProxied, collector.Logs.Any(line => line.Body == "stopped"));
        Assert.Equal(isProxied ? [$"CONNECT {host}:4317 HTTP/1.1"] : [], proxy.Requests.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Telemetry_OfASyncIntoAFile_IsSentBeforeTheEnd()
    {
        await using var collector = await FakeCollector.StartAsync(Cancellation);
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        workspace.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.Address}";
        workspace.Variables["OTEL_SERVICE_NAME"] = "the-name-given";

        (await workspace.SyncAsync()).Succeeded();

        Assert.Equal("the-name-given", collector.Resource["service.name"]);
        IsOneTree(collector, "sync", ["sync list-resources", "GET /api/user"]);
        Assert.Equal(new FileInfo(workspace.File).Length, Point(collector, "baton.sync.file.size").Value);
        Assert.Contains(collector.Logs, line => line.Body == "Sync complete.");
        Assert.Contains(collector.Logs, line => line.Body == "telemetry crosses the network unprotected");
    }

    [Fact]
    public async Task Telemetry_SwitchedOff_IsNotSent()
    {
        await using var collector = await FakeCollector.StartAsync(Cancellation);
        await using var rig = await ServiceRig.StartAsync();
        string[] endpoint = ["--otel-collector-endpoint", $"http://{collector.Address}"];

        await RunOnceAsync(rig, [.. endpoint, "--otel-logging-disabled"]);
        Assert.Empty(collector.Logs);
        Assert.NotEmpty(collector.Received);
        var before = collector.Received.Count;

        await RunOnceAsync(rig, [.. endpoint, "--otel-logging-disabled", "--otel-tracing-disabled"]);
        rig.Workspace.Variables["OTEL_SDK_DISABLED"] = "true";
        await RunOnceAsync(rig, endpoint);

        Assert.Equal(before, collector.Received.Count);
    }

    [Fact]
    public async Task Telemetry_CollectorIsGone_DisturbsNothing()
    {
        await using var rig = await ServiceRig.StartAsync();
        var sync = rig.AddSync();
        var connector = rig.Run("--otel-collector-endpoint", "127.0.0.1:1", "--otel-collector-endpoint-tls-insecure");
        Assert.True((await rig.EndOfAsync(sync)).Succeeded);

        Assert.Equal(0, (await ServiceRig.StopAsync(connector)).ExitCode);
    }

    [Theory]
    [InlineData("ftp://somewhere", "", "otel-collector-endpoint must be host:port")]
    [InlineData("127.0.0.1:4317", "not!base64", "otel: failed to parse TLS certificate")]
    [InlineData("127.0.0.1:4317", "bm90IGEgY2VydGlmaWNhdGU", "holds no certificate")]
    public async Task Telemetry_FlagsThatCannotBeUsed_EndWithOneLine(string endpoint, string certificate, string text)
    {
        await using var rig = await ServiceRig.StartAsync();

        var ended = await rig.Run("--otel-collector-endpoint", endpoint, "--otel-collector-endpoint-tls-cert", certificate).EndAsync();

        Assert.NotEqual(0, ended.ExitCode);
        ended.Failed(ended.ExitCode, text);
        Assert.Empty(rig.Platform.Calls.All);
    }

    private static async Task RunOnceAsync(ServiceRig rig, params string[] arguments)
    {
        var hellos = rig.Platform.Calls.Count(CallKind.Hello);
        var connector = rig.Run(arguments);
        await rig.Platform.WaitForCallAsync(CallKind.Hello, hellos + 1, Cancellation);
        await connector.WaitForErrorAsync("connected to the platform");
        Assert.Equal(0, (await ServiceRig.StopAsync(connector)).ExitCode);
    }

    private static void IsOneTree(FakeCollector collector, string root, string[] below)
    {
        var task = Assert.Single(collector.Spans, span => span.Name == root);
        Assert.Equal("", task.ParentId);
        var trace = collector.Spans.Where(span => span.TraceId == task.TraceId).ToList();
        var ids = trace.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        Assert.All(trace.Where(span => span != task), span => Assert.Contains(span.ParentId, ids));
        Assert.All(below, name => Assert.Contains(trace, span => span.Name == name));
    }

    /// <summary>The last of a metric with these attributes.</summary>
    private static CollectedPoint Point(FakeCollector collector, string metric, params (string Name, object Value)[] attributes)
    {
        var found = collector.Points.LastOrDefault(point => point.Metric == metric && attributes.All(wanted => Equals(point.Attributes.GetValueOrDefault(wanted.Name), wanted.Value)));
        Assert.True(found is not null, $"{metric} is not among\n{string.Join('\n', collector.Points.Select(point => $"{point.Metric} {string.Join(' ', point.Attributes)}"))}");
        return found;
    }
}
