using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Faults;

namespace Baton.EndToEnd.Tests;

/// <summary>A Grafana that is not there, not ours, or not well. The file that was there before stays as it is, and nothing lies around.</summary>
public sealed class FailureTests
{
    public static TheoryData<string, int, string> Answers => new()
    {
        { "html", 9, "does not answer as Grafana does" },
        { "redirect", 9, "redirects to" },
        { "truncated", 14, "ended too early" },
        { "truncated, in one piece", 13, "JSON that cannot be read" },
        { "truncated members", 14, "/api/orgs/1/users ended too early" },
        { "empty", 13, "JSON that cannot be read" },
        { "reset", 14, "the connection to" },
        { "500", 14, "with 500" },
        { "502 page", 14, "with 502" },
        { "429", 14, "limits the request rate" },
        { "403", 7, "forbids" },
        { "404", 9, "every Grafana has that" },
        { "silence", 4, "within 1 seconds" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Sync_WrongAnswer_SaysSoAndKeepsTheFile(string answer, int exitCode, string why)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Populate(users: 500);
        using var workspace = new Workspace(grafana) { Variables = { ["BATON_RETRY_LIMIT"] = "1" } };
        var before = await workspace.SyncedBeforeAsync(grafana);
        var fault = answer.EndsWith("members", StringComparison.Ordinal) ? grafana.Faults.On("GET", "^/api/orgs/1/users") : grafana.Faults.On("GET", "^/api/users/search");
        _ = answer switch
        {
            "html" => fault.HtmlPage(),
            "redirect" => fault.RedirectToLogin(),
            "truncated" or "truncated members" => fault.Truncate(),
            "truncated, in one piece" => fault.Truncate(0.5, Truncation.Unannounced),
            "empty" => fault.EmptyBody(),
            "reset" => fault.Reset(),
            "502 page" => fault.HtmlPage(502),
            "429" => fault.RateLimit(retryAfterSeconds: 1),
            "silence" => fault.Hang(),
            _ => fault.Respond(int.Parse(answer)),
        };

        var ended = (await workspace.SyncAsync("--http-timeout-seconds", answer == "silence" ? "1" : "60")).Failed(exitCode, why);

        Assert.DoesNotContain(Workspace.Password, ended.Error, StringComparison.Ordinal);
        Assert.Equal(before, await workspace.BytesAsync());
        RemoveProgress(workspace);
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Sync_NoSuchHost()
    {
        using var workspace = new Workspace
        {
            Variables = { ["BATON_HOSTNAME"] = "https://nothing.invalid", ["BATON_USERNAME"] = "admin", ["BATON_PASSWORD"] = Workspace.Password, ["BATON_RETRY_LIMIT"] = "0" },
        };

        (await workspace.SyncAsync()).Failed(14, "cannot find the host nothing.invalid");

        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_NobodyListens()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana) { Variables = { ["BATON_RETRY_LIMIT"] = "1" } };
        await grafana.DisposeAsync();

        var ended = (await workspace.SyncAsync()).Failed(14, $"cannot connect to {grafana.BaseAddress.Authority}");

        Assert.Contains("retrying operation", ended.Error, StringComparison.Ordinal);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_WrongPassword_IsOneRequest()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var before = await workspace.SyncedBeforeAsync(grafana);
        workspace.Variables["BATON_PASSWORD"] = "another-planted-password";

        var ended = (await workspace.SyncAsync("--log-level", "debug")).Failed(16, "check the username and password");

        Assert.Equal(["GET /api/user"], grafana.Requests.Lines);
        Assert.DoesNotContain("another-planted-password", ended.Error, StringComparison.Ordinal);
        Assert.Equal(before, await workspace.BytesAsync());
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Sync_TokenWithoutRights()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", "")]);
        using var workspace = new Workspace { Variables = { ["BATON_HOSTNAME"] = grafana.BaseAddress.ToString(), ["BATON_API_TOKEN"] = token } };

        var ended = (await workspace.SyncAsync()).Failed(7, "org.users:read");

        Assert.DoesNotContain(token, ended.Error, StringComparison.Ordinal);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_FailedInTheMiddle_GoesOnFromThere()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Populate(users: 50, organizations: 5);
        using var workspace = new Workspace(grafana) { Variables = { ["BATON_RETRY_LIMIT"] = "0", ["BATON_SYNC_RESOURCE_TYPES"] = "user,org" } };
        grafana.Faults.On("GET", "^/api/orgs/3/users").Once().Respond(500);
        (await workspace.SyncAsync("--workers", "1")).Failed(14, "with 500");
        workspace.HoldsOnly("sync.c1z.partial");
        grafana.Requests.Clear();

        (await workspace.SyncAsync("--workers", "1")).Succeeded();

        Assert.DoesNotContain(grafana.Requests.Lines, line => line.StartsWith("GET /api/users/search", StringComparison.Ordinal));
        Assert.Equal(50, workspace.Read(rows => rows.CountResources("user")));
        workspace.HoldsOnly("sync.c1z");
    }

    // Kept on purpose, for the next run to go on with.
    private static void RemoveProgress(Workspace workspace) => File.Delete($"{workspace.File}.partial");
}
