using System.Text;
using System.Text.Json;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>What is written for machines.</summary>
public sealed class LogTests
{
    private static readonly string[] Levels = ["debug", "info", "warn", "error"];

    [Theory]
    [InlineData("debug")]
    [InlineData("info")]
    public async Task Log_EveryLine_HasTheShape(string level)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync("--log-level", level)).Succeeded();

        Assert.Equal("", ended.Output);
        Assert.NotEmpty(ended.Log);
        Assert.All(ended.Log, line =>
        {
            Assert.Equal(["level", "ts", "caller", "msg"], line.EnumerateObject().Take(4).Select(field => field.Name));
            Assert.Contains(line.GetProperty("level").GetString(), Levels);
            Assert.InRange(line.GetProperty("ts").GetDouble(), 1_700_000_000, 5_000_000_000);
            Assert.Matches(@"^[a-z]+/\w+:\d+$", line.GetProperty("caller").GetString());
            Assert.False(line.TryGetProperty("{OriginalFormat}", out _));
        });
        var messages = ended.Log.Select(line => line.GetProperty("msg").GetString()!).ToList();
        Assert.All(
            new[] { "Syncing resource types...", "Syncing resources...", "Syncing entitlements...", "Syncing grants...", "Sync complete." },
            message => Assert.Contains(message, messages));
        Assert.Equal(level == "debug", messages.Contains("HTTP request complete"));
        var synced = ended.Log.Where(line => line.GetProperty("msg").GetString() == "Synced resources");
        Assert.Equal(
            [("instance", 1), ("invitation", 0), ("org", 1), ("role", 0), ("service_account", 0), ("team", 0), ("user", 1)],
            synced.Select(line => (line.GetProperty("resource_type_id").GetString()!, line.GetProperty("count").GetInt32())).Order());
    }

    [Fact]
    public async Task Log_Requests_HaveUpstreamsFields()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync("--log-level", "debug")).Succeeded();

        var request = ended.Log.First(line => line.GetProperty("msg").GetString() == "HTTP request complete");
        Assert.Equal("GET", request.GetProperty("http.method").GetString());
        Assert.Equal(grafana.BaseAddress.Host, request.GetProperty("http.url_details.host").GetString());
        Assert.Equal("/api/user", request.GetProperty("http.url_details.path").GetString());
        Assert.Equal(200, request.GetProperty("http.status_code").GetInt32());
        Assert.Equal(JsonValueKind.Number, request.GetProperty("duration").ValueKind);
    }

    [Fact]
    public async Task Log_Console_IsTabs()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = await workspace.SyncAsync("--log-format", "console");

        Assert.Equal(0, ended.ExitCode);
        Assert.All(ended.Said, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:?\d\d)\t(INFO|WARN)\t[a-z]+/\w+:\d+\t[^\t]+", line));
    }

    [Fact]
    public async Task Log_Path_TakesItAll()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var log = Path.Combine(workspace.Root, "baton.log");

        var ended = (await workspace.SyncAsync("--log-path", log)).Succeeded();

        Assert.Equal("", ended.Error);
        Assert.Contains("Sync complete.", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_AreNowhere()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var token = grafana.AddServiceAccountToken(1);
        string[] secrets = [Workspace.Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Workspace.Password}")), token, "planted-answer-secret"];
        foreach (var byToken in new[] { false, true })
        {
            using var workspace = new Workspace(grafana) { Variables = { ["BATON_RETRY_LIMIT"] = "0", ["BATON_DEBUG_PRINT_RESPONSE_BODY"] = "1" } };
            if (byToken)
            {
                workspace.Variables.Remove("BATON_USERNAME");
                workspace.Variables.Remove("BATON_PASSWORD");
                workspace.Variables["BATON_API_TOKEN"] = token;
            }

            foreach (var spoil in Faults())
            {
                grafana.Faults.Clear();
                spoil(grafana);
                var ended = await workspace.SyncAsync("--log-level", "debug");
                var said = ended.Output + ended.Error;
                Assert.NotEqual("", said);
                Assert.All(secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
            }

            Assert.Equal(0, (await workspace.SyncAsync("--log-level", "debug")).ExitCode);
            using var file = workspace.Open();
            var stored = string.Join('\n', file.Syncs.All().Select(run => run.Token).Concat(file.Read(file.Syncs.LatestFinished()!).Resources().Select(row => row.ToString())));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
        }

        static IEnumerable<Action<FakeGrafana>> Faults() =>
        [
            grafana => grafana.Faults.OnAny().Respond(401),
            grafana => grafana.Faults.OnAny().Respond(500),
            grafana => grafana.Faults.OnAny().Respond(200, """{"id":"planted-answer-secret"}"""),
            grafana => grafana.Faults.OnAny().Respond(302, "", ("Location", "https://x:planted-answer-secret@sso.example.com/?ticket=planted-answer-secret")),
            grafana => grafana.Faults.OnAny().Reset(),
            _ => { },
        ];
    }
}
