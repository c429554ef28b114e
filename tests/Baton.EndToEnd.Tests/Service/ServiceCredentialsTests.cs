using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Protocol.Connector.V2;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Tasks;
using Baton.Testing.Grafana;
using Baton.Testing.Telemetry;
using Google.Protobuf.WellKnownTypes;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>Tokens of service accounts for the platform.</summary>
public sealed class ServiceCredentialsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_IssueCredential_TheTokenIsThePlatformsAlone()
    {
        await using var collector = await FakeCollector.StartAsync(Cancellation);
        await using var rig = await StartAsync();
        using var recipient = new EllipticRecipient();
        var robot = rig.Grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer);
        var end = TimeProvider.System.GetUtcNow().AddHours(2);
        var issue = Add(rig, robot, recipient, end);
        var sync = rig.AddSync();
        var connector = rig.Run("--task-concurrency", "1", "--otel-collector-endpoint", collector.Address, "--otel-collector-endpoint-tls-insecure");

        var issued = await rig.EndOfAsync(issue);
        var synced = await rig.EndOfAsync(sync);
        var deleted = await rig.EndOfAsync(Delete(rig, issued));
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(issued.Succeeded && synced.Succeeded && deleted.Succeeded, $"{issued} {synced} {deleted}");
        var response = issued.Request!.Success.Response.Unpack<IssueCredentialResponse>();
        Assert.Equal((issue.Id, $"c1-{issue.Id}", CredentialResourceMode.Discoverable), (response.RequestId, response.Secret.DisplayName, response.ResourceMode));
        using var credential = JsonDocument.Parse(recipient.Decrypt(Assert.Single(response.EncryptedData)));
        var key = credential.RootElement.GetProperty("key_value").GetString()!;
        Assert.StartsWith("glsa_", key, StringComparison.Ordinal);
        using var client = rig.Grafana.CreateTokenClient(key);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("api/org", Cancellation)).StatusCode);
        Assert.Empty(rig.Grafana.Tokens(robot));

        // The sync in between saw it, and no byte of it holds the key.
        var file = Assert.Single(sync.Uploads).Path;
        using (var c1z = C1z.C1zFile.OpenRead(file, new() { TemporaryFolder = rig.Workspace.Root }))
        {
            var token = Assert.Single(c1z.Read(c1z.Syncs.LatestFinished()!).Resources(new() { ResourceTypeId = "service_account_token" }));
            Assert.Equal(response.Secret.Id, token.Id);
            Assert.DoesNotContain(key, token.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains("token verified", ended.Error, StringComparison.Ordinal);
        Assert.NotEmpty(collector.Received);
        foreach (var text in collector.Received.Select(Encoding.Latin1.GetString).Append(ended.Error).Append(ended.Output))
        {
            Assert.DoesNotContain("glsa_", text, StringComparison.Ordinal);
        }

        rig.SaidNoSecret(ended);
        rig.Platform.ThrowOnViolations();
    }

    [Fact]
    public async Task Service_IssueCredentialAskedTooEarlyOrOfNobody_IsRefusedForGood()
    {
        await using var rig = await StartAsync();
        using var recipient = new EllipticRecipient();
        var robot = rig.Grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer);
        var soon = Add(rig, robot, recipient, TimeProvider.System.GetUtcNow().AddSeconds(59));
        var nobody = Add(rig, 999, recipient, TimeProvider.System.GetUtcNow().AddHours(1));
        var scoped = Add(rig, robot, recipient, null, "admin");
        var connector = rig.Run();

        (PlatformTask Task, int Code, string Text)[] expected =
        [
            (soon, 3, "requested expiry is below connector minimum"),
            (nobody, 5, "Grafana has no service account 999"),
            (scoped, 3, "scope \"admin\" is not advertised by connector"),
        ];
        foreach (var (task, code, text) in expected)
        {
            var end = await rig.EndOfAsync(task);
            Assert.Equal((code, true), (end.Request!.Status.Code, end.Request.Error.NonRetryable));
            Assert.Contains(text, end.Request.Status.Message, StringComparison.Ordinal);
        }

        await ServiceRig.StopAsync(connector);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Service_WithoutTheSwitch_IssuesNothing()
    {
        await using var rig = await ServiceRig.StartAsync();
        using var recipient = new EllipticRecipient();
        var issue = Add(rig, rig.Grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer), recipient, null);
        var connector = rig.Run();

        var end = await rig.EndOfAsync(issue);
        await ServiceRig.StopAsync(connector);

        Assert.Equal(12, end.Request!.Status.Code);
        Assert.Contains("resource type does not have credential issuer configured", end.Request.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_KilledAfterTheTokenWasMade_MakesNoSecondOne()
    {
        await using var rig = await StartAsync();
        using var recipient = new EllipticRecipient();
        var robot = rig.Grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer);
        var reached = new TaskCompletionSource();
        rig.Grafana.Faults.On("GET", $"^/api/serviceaccounts/{robot}/tokens$").Nth(2).RunAsync(async (_, gone) =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
        });
        var issue = Add(rig, robot, recipient, TimeProvider.System.GetUtcNow().AddHours(1));
        var first = rig.Run();
        await reached.Task.WaitAsync(Cancellation);
        await first.SignalAsync("KILL");
        await first.EndAsync();
        issue.Requeue();

        var second = rig.Run();
        var end = await rig.EndOfAsync(issue);
        await ServiceRig.StopAsync(second);

        Assert.Equal((6, true), (end.Request!.Status.Code, end.Request.Error.NonRetryable));
        var (id, name, expires) = Assert.Single(rig.Grafana.Tokens(robot));
        Assert.Equal($"c1-{issue.Id}", name);
        Assert.NotNull(expires);
        Assert.Contains($"{robot}.{id}", end.Request.Status.Message, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    private static async Task<ServiceRig> StartAsync()
    {
        var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["BATON_SYNC_SERVICE_ACCOUNT_TOKENS"] = "true";
        return rig;
    }

    private static PlatformTask Add(ServiceRig rig, long account, EllipticRecipient recipient, DateTimeOffset? end, params string[] scopes) => rig.Add(new ServiceTask
    {
        IssueCredential = new()
        {
            IdentityId = new() { ResourceType = "service_account", Resource = $"{account}" },
            CredentialOptions = new() { ApiKey = new() { Scopes = { scopes } } },
            EncryptionConfigs = { recipient.Config },
            ExpiresAt = end?.ToTimestamp(),
        },
    });

    private static PlatformTask Delete(ServiceRig rig, TaskEnd issued)
    {
        var secret = issued.Request!.Success.Response.Unpack<IssueCredentialResponse>().Secret;
        return rig.Add(new ServiceTask { DeleteResource = new() { ResourceId = secret.Id, ParentResourceId = secret.ParentResourceId } });
    }
}
