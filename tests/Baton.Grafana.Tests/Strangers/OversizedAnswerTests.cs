using System.Text;
using Baton.Grafana.Api;
using Baton.Grafana.Tests.Api;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Grafana.Tests.Strangers;

/// <summary>Answers without an end: a text, a list, in what is asked for and in what nobody asked for, compressed or not.</summary>
[Collection(nameof(GrafanaClientMemoryTests))]
public sealed class OversizedAnswerTests
{
    private const string Chunk64 = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    private static readonly string Chunk = string.Concat(Enumerable.Repeat(Chunk64, 1024));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Bodies()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var encoding in new[] { "", "gzip", "br" })
        {
            data.Add(encoding, "{\"id\":7,\"login\":\"ada\",\"name\":\"", Chunk);
            data.Add(encoding, "{\"id\":7,\"login\":\"ada\",\"nobodyAskedForThis\":\"", Chunk);
            data.Add(encoding, "{\"id\":7,\"login\":\"ada\",\"nobodyAskedForThis\":[1", string.Concat(Enumerable.Repeat(",{\"a\":1}", 4096)));
            data.Add(encoding, "{\"id\":7,\"login\":\"ada\",\"authLabels\":[\"a\"", string.Concat(Enumerable.Repeat(",\"label\"", 4096)));
            data.Add(encoding, "{\"id\":", new string('1', 65_536));
            data.Add(encoding, "{", new string(' ', 65_536));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Get_AnswerWithoutEnd_IsOneErrorAndNoMemory(string encoding, string beginning, string chunk)
    {
        await using var grafana = await GeneratedGrafana.EndlessAsync(encoding, beginning, chunk);
        using var client = Client(grafana.Address);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => client.GetUserAsync(7, Cancellation));

        Assert.Equal(StatusCode.Internal, refusal.Code);
        Assert.False(refusal.IsTransient);
        Assert.Matches("of more than [0-9]+ MiB", refusal.Message);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64L * 1024 * 1024);
    }

    [Theory]
    [InlineData("[{\"userId\":1,\"role\":\"Viewer\",\"login\":\"")]
    [InlineData("[{\"userId\":1,\"role\":\"Viewer\",\"more\":[0")]
    public async Task Stream_OneRowWithoutEnd_IsOneError(string beginning)
    {
        var chunk = beginning.Contains('[', StringComparison.Ordinal) && beginning.EndsWith('0') ? string.Concat(Enumerable.Repeat(",0", 8192)) : Chunk;
        await using var grafana = await GeneratedGrafana.EndlessAsync("", beginning, chunk);
        using var client = Client(grafana.Address);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await foreach (var _ in client.StreamMembersAsync(1, Cancellation))
            {
                // None is complete.
            }
        });

        Assert.Matches("a (row|text) of more than [0-9]+ MiB", refusal.Message);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Get_ErrorWithoutEnd_IsTheErrorOfItsStatus(int status)
    {
        await using var grafana = await GeneratedGrafana.EndlessAsync("gzip", "{\"message\":\"", Chunk, status);
        using var client = Client(grafana.Address);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => client.GetUserAsync(7, Cancellation));

        Assert.Equal(HttpFailure.Code((System.Net.HttpStatusCode)status), refusal.Code);
        Assert.InRange(Encoding.UTF8.GetByteCount(refusal.Message), 1, 1000);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    public async Task Stream_NoList_IsRefused(string body)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.On("GET", "^/api/orgs/1/users").Respond(200, body);
        using var client = Client(grafana.BaseAddress);

        await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await foreach (var _ in client.StreamMembersAsync(1, Cancellation))
            {
                // None.
            }
        });
    }

    private static GrafanaClient Client(Uri address) => new(
        ConnectorHttp.Create(new()), address, new SignIn(Credential.Bearer("glsa_test"), TimeProvider.System), TimeSpan.FromMinutes(2), TimeProvider.System, NullLogger.Instance);
}
