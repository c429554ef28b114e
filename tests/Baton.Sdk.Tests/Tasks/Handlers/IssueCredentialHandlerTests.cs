using System.Globalization;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Tests.Hosting;
using Baton.Sdk.Tests.Provisioning;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Tasks;
using Baton.Testing.Telemetry;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tests.Tasks.Handlers;

/// <summary>Credentials as the platform gets them: a service on one end of a socket, and the platform on the other.</summary>
public sealed class IssueCredentialHandlerTests : IDisposable
{
    private readonly ScriptedProgram _program = new() { Clock = TimeProvider.System };
    private readonly EllipticRecipient _recipient = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _program.Dispose();
        _recipient.Dispose();
    }

    [Fact]
    public async Task Issue_ForTheOneWhoAsked_IsReadByNobodyElse()
    {
        await using var collector = await FakeCollector.StartAsync(Cancellation);
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        var end = TimeProvider.System.GetUtcNow().AddHours(1);
        var task = platform.Tasks.Add(Asked(end));
        _program.Variables["BATON_PROVISIONING"] = "true";
        _program.Variables["BATON_LOG_LEVEL"] = "trace";

        await ServeAsync(
            platform, new ScriptedRobots(), async () => await platform.WaitForFinishAsync(task.Id, Cancellation), "--otel-collector-endpoint", collector.Address, "--otel-collector-endpoint-tls-insecure");

        Assert.True(task.End!.Succeeded, task.End.ToString());
        var response = task.End.Request!.Success.Response.Unpack<IssueCredentialResponse>();
        Assert.Equal((task.Id, CredentialResourceMode.Discoverable, "k7"), (response.RequestId, response.ResourceMode, response.Secret.Id.Resource));
        Assert.Equal(end.ToTimestamp(), Annotations.Find<SecretTrait>(response.Secret.Annotations)!.ExpiresAt);
        Assert.Equal("hunter2", _recipient.Decrypt(Assert.Single(response.EncryptedData)));
        Assert.Empty(task.Uploads);

        Assert.Contains("credential issued", _program.Error, StringComparison.Ordinal);
        Assert.Contains("task done", _program.Error, StringComparison.Ordinal);
        Assert.NotEmpty(collector.Received);
        foreach (var text in collector.Received.Select(System.Text.Encoding.Latin1.GetString).Append(_program.Error).Append(_program.Output))
        {
            Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Issue_WithoutProvisioning_IsRefusedBeforeTheConnectorIsAsked()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        var robots = new ScriptedRobots();

        var end = await EndOfAsync(platform, robots, Asked());

        Assert.Equal(
            (9, "rpc error: code = FailedPrecondition desc = provisioning is not enabled\ntask failed and is non-retryable", true, 0),
            (end.Request!.Status.Code, end.Request.Status.Message, end.Request.Error.NonRetryable, robots.Calls));
    }

    [Fact]
    public async Task Issue_TaskWithAMissingPart_IsMalformed()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        var robots = new ScriptedRobots();
        var (noIdentity, noOptions, noRecipient) = (Asked(), Asked(), Asked());
        noIdentity.IssueCredential.IdentityId = null;
        noOptions.IssueCredential.CredentialOptions = null;
        noRecipient.IssueCredential.EncryptionConfigs.Clear();
        PlatformTask[] tasks = [.. new[] { noIdentity, noOptions, noRecipient }.Select(platform.Tasks.Add)];

        await ServeAsync(platform, robots, async () =>
        {
            foreach (var task in tasks)
            {
                await platform.WaitForFinishAsync(task.Id, Cancellation);
            }
        });

        Assert.All(tasks, task => Assert.Equal(
            (2, "malformed issue credential task\ntask failed and is non-retryable", true),
            (task.End!.Request!.Status.Code, task.End.Request.Status.Message, task.End.Request.Error.NonRetryable)));
        Assert.Equal(0, robots.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Issue_AnswerWasLost_IsNotToBeRepeatedOnceSomethingWasSent(bool isSent)
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        _program.Variables["BATON_PROVISIONING"] = "true";
        var robots = new ScriptedRobots
        {
            Issue = (_, _, change) =>
            {
                if (isSent)
                {
                    change.Send(new("POST", "/keys"));
                }

                throw new ConnectorException(StatusCode.Unavailable, "no answer");
            },
        };

        var end = await EndOfAsync(platform, robots, Asked());

        Assert.Equal((14, isSent, 1), (end.Request!.Status.Code, end.Request.Error.NonRetryable, robots.Calls));
        Assert.Contains("error: issue credential for identity failed: no answer", end.Request.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hello_ConnectorThatIssues_SaysWhat()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        var robots = new ScriptedRobots();

        await ServeAsync(platform, robots, async () => await platform.WaitForCallAsync(CallKind.Hello, 1, Cancellation));

        var hello = (Baton.Protocol.ConnectorApi.V1.BatonServiceHelloRequest)platform.Calls.Of(CallKind.Hello)[0].Request!;
        var capabilities = hello.ConnectorMetadata.Capabilities;
        Assert.Contains(Capability.CredentialIssue, capabilities.ConnectorCapabilities_);
        Assert.Equal(robots.Issuance, capabilities.ResourceTypeCapabilities.Single(type => type.ResourceType.Id == "robot").CredentialIssue);
    }

    private ServiceTask Asked(DateTimeOffset? end = null) => new()
    {
        Debug = true,
        IssueCredential = new()
        {
            IdentityId = ScriptedRobots.Identity,
            CredentialOptions = new() { ApiKey = new() },
            EncryptionConfigs = { _recipient.Config },
            ExpiresAt = end?.ToTimestamp(),
        },
    };

    private async Task<TaskEnd> EndOfAsync(FakeControlPlane platform, ScriptedRobots robots, ServiceTask asked)
    {
        var task = platform.Tasks.Add(asked);
        await ServeAsync(platform, robots, async () => await platform.WaitForFinishAsync(task.Id, Cancellation));
        return task.End!;
    }

    /// <summary>Runs the service until something has happened, and stops it.</summary>
    private async Task ServeAsync(FakeControlPlane platform, ScriptedRobots robots, Func<Task> happens, params string[] arguments)
    {
        foreach (var (name, value) in platform.Environment)
        {
            _program.Variables[name] = value;
        }

        _program.Variables["BATON_PLATFORM_CA_CERT"] = platform.CertificateAuthorityPath;
        _program.Create = (_, _) => new ScriptedAccounts(robots, new ScriptedKeys());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = _program.RunUntilAsync(stop.Token, arguments);
        await await Task.WhenAny(happens(), running);
        await stop.CancelAsync();
        Assert.Equal("0", (await running).ToString(CultureInfo.InvariantCulture) + (running.Result == 0 ? "" : _program.Error));
        platform.ThrowOnViolations();
    }
}
