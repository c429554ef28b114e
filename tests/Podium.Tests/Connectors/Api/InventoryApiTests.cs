using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Baton.Testing.Connectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podium.Connectors;
using Podium.Connectors.Catalog;
using Podium.Data;
using Podium.Hosting;
using Podium.SignIn;
using Podium.Tests.Data;
using Podium.Tests.Hosting;
using Podium.Tests.Inventory;
using static Podium.Tests.Connectors.Api.ApiCalls;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Podium.Tests.Connectors.Api;

/// <summary>What a connector uploads, read through the API: now, as of a moment, as changes; and a sync that takes away too much.</summary>
public sealed class InventoryApiTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Syncs_Applied_ShowInListsChangesAndAsOf(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        var (app, own, raw) = await ConnectAsync(server, program);
        using var connected = raw;
        var upload = UploadBuilder.Grafana(organizations: 2, users: 20);
        var first = await SyncAsync(program, own, raw, upload, "APPLIED");
        upload.RemoveUser("7");
        upload.AddGrant("org:2:Admin", "user", "3");
        var second = await SyncAsync(program, own, raw, upload, "APPLIED");
        var then = first["asOf"].Text();

        var inventory = $"/api/podium/v1/apps/{app}";
        Assert.Equal(("19", "21"), Counts(await program.DoAsync("GET", $"{inventory}/counts")));
        Assert.Equal(("20", "21"), Counts(await program.DoAsync("GET", $"{inventory}/counts?as_of={then}")));
        Assert.Null((await program.DoAsync("GET", $"{inventory}/counts?as_of=2020-01-01T00:00:00Z"))["counts"]);
        Assert.Equal(20, (await AllAsync(program, $"{inventory}/accounts?as_of={then}")).Count);
        Assert.Equal(19, (await AllAsync(program, $"{inventory}/accounts?x=")).Count);
        Assert.Equal(2, (await AllAsync(program, $"{inventory}/resources?query=organization")).Count);
        Assert.Empty(await AllAsync(program, $"{inventory}/resources?as_of=2020-01-01T00:00:00Z"));
        Assert.Equal(["org", "user"], (await AllAsync(program, $"/api/v1/apps/{app}/resource_types?x=")).Select(row => row["appResourceType"]!["externalId"].Text()).Order());

        var type = (await AllAsync(program, $"/api/v1/apps/{app}/resource_types?x=")).Single(row => row["appResourceType"]!["externalId"].Text() == "org")["appResourceType"]!["id"].Text();
        Assert.Equal(["Organization 1", "Organization 2"], (await AllAsync(program, $"/api/v1/apps/{app}/resource_types/{type}/resources?x=")).Select(row => row["appResource"]!["displayName"].Text()));
        var ends = (await program.DoAsync("GET", $"{own}/deletion"))["ends"]!;
        Assert.Equal(("19", "21", "6"), (ends["accounts"].Text(), ends["grants"].Text(), ends["entitlements"].Text()));

        var viewer = (await AllAsync(program, $"{inventory}/entitlements?x=")).Single(row => row["appEntitlement"]!["externalId"].Text() == "org:1:Viewer")["appEntitlement"]!["id"].Text();
        Assert.Equal(19, (await AllAsync(program, $"{inventory}/grants?entitlement_id={viewer}")).Count);
        var held = await AllAsync(program, $"{inventory}/grants?entitlement_id={viewer}&as_of={then}");
        var gone = held.Single(row => row["login"].Text() == "login7");
        Assert.Equal(second["asOf"].Text(), gone["until"].Text());
        Assert.Single(await AllAsync(program, $"{inventory}/grants?account_id={gone["appUserId"].Text()}&as_of={then}"));
        Assert.Empty(await AllAsync(program, $"{inventory}/grants?account_id={gone["appUserId"].Text()}"));
        await program.RefusedAsync(HttpStatusCode.BadRequest, "entitlement_id", "GET", $"{inventory}/grants");
        await program.RefusedAsync(HttpStatusCode.BadRequest, "account_id", "GET", $"{inventory}/grants?account_id={viewer}");
        await program.RefusedAsync(HttpStatusCode.BadRequest, "as_of", "GET", $"{inventory}/accounts?as_of=yesterday");

        var changes = await AllAsync(program, $"{inventory}/changes?from={second["asOf"].Text()}");
        Assert.Equal(["ACCOUNT_ENDED", "GRANT_BEGUN", "GRANT_ENDED"], changes.Select(row => row["kind"].Text()).Where(text => text.StartsWith("GRANT", StringComparison.Ordinal) || text.StartsWith("ACCOUNT", StringComparison.Ordinal)).Order());
        var begun = Assert.Single(await AllAsync(program, $"{inventory}/changes?kind=grant_begun&from={second["asOf"].Text()}"));
        Assert.Equal(("login3", "Admin", "Organization 2"), (begun["login"].Text(), begun["slug"].Text(), begun["resourceName"].Text()));
        await program.RefusedAsync(HttpStatusCode.BadRequest, "kind", "GET", $"{inventory}/changes?kind=miracle");

        var syncs = (await program.DoAsync("GET", $"{own}/syncs"))["list"]!.AsArray();
        Assert.Equal([second["id"].Text(), first["id"].Text()], syncs.Select(row => row!["id"].Text()));
        var details = (await program.DoAsync("GET", own))["details"]!;
        Assert.Equal(("Connected", second["id"].Text()), (details["chip"].Text(), details["lastSync"]!["id"].Text()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "confirm", "APPLIED", "5")]
    [InlineData(DatabaseKind.PostgreSql, "confirm", "APPLIED", "5")]
    [InlineData(DatabaseKind.Sqlite, "confirm_sync_valid", "APPLIED", "5")]
    [InlineData(DatabaseKind.PostgreSql, "confirm_sync_valid", "APPLIED", "5")]
    [InlineData(DatabaseKind.Sqlite, "discard", "DISCARDED", "20")]
    [InlineData(DatabaseKind.PostgreSql, "discard", "DISCARDED", "20")]
    public async Task HeldSync_IsShownAndDecided(DatabaseKind kind, string decision, string state, string accounts)
    {
        await using var server = await StartAsync(kind);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        var (app, own, raw) = await ConnectAsync(server, program);
        using var connected = raw;
        var upload = UploadBuilder.Grafana(users: 20);
        await SyncAsync(program, own, raw, upload, "APPLIED");
        Assert.Null((await program.DoAsync("GET", own + "/held_sync"))["sync"]);
        for (var user = 6; user <= 20; user++)
        {
            upload.RemoveUser($"{user}");
        }

        var held = await SyncAsync(program, own, raw, upload, "HELD");

        var shown = (await program.DoAsync("GET", own + "/held_sync"))["sync"]!;
        Assert.Equal(held["id"].Text(), shown["id"].Text());
        Assert.Equal(("20", "15"), (shown["difference"]!["accounts"]!["before"].Text(), shown["difference"]!["accounts"]!["ended"].Text()));
        Assert.NotEmpty(shown["difference"]!["holds"]!.AsArray());
        Assert.NotEqual("", shown["reason"].Text());
        Assert.Equal("20", Counts(await program.DoAsync("GET", $"/api/podium/v1/apps/{app}/counts")).Accounts);

        if (decision == "confirm_sync_valid")
        {
            // As the other API calls it, with nothing in the answer.
            Assert.Empty(await program.DoAsync("POST", $"/api/v1/apps/{app}/connectors/{own.Split('/')[^1]}/confirm_sync_valid/{held["id"].Text()}"));
        }
        else
        {
            await program.DoAsync("POST", $"{own}/syncs/{held["id"].Text()}/{decision}");
        }

        var decided = (await program.DoAsync("GET", $"{own}/syncs/{held["id"].Text()}"))["sync"]!;

        Assert.Equal(state, decided["state"].Text());
        Assert.Equal(accounts, Counts(await program.DoAsync("GET", $"/api/podium/v1/apps/{app}/counts")).Accounts);
        await program.RefusedAsync(HttpStatusCode.BadRequest, null, "POST", $"{own}/syncs/{held["id"].Text()}/confirm");
        await program.RefusedAsync(HttpStatusCode.NotFound, null, "POST", $"{own}/syncs/0ujtsYcgvSTl8PAuAdqWYSMnLOv/discard");
    }

    private static Task<TestServer> StartAsync(DatabaseKind kind) => TestServer.StartAsync(
        kind, compose: services => services.Replace(ServiceDescriptor.Singleton(new ConnectorServiceOptions { Hold = TimeSpan.FromMilliseconds(200) })));

    private static async Task<(string App, string Own, RawConnector Raw)> ConnectAsync(TestServer server, HttpClient program)
    {
        var app = (await program.DoAsync("POST", "/api/v1/apps", Json("""{"displayName": "Grafana"}""")))["app"]!["id"].Text();
        var id = (await program.DoAsync("POST", $"/api/v1/apps/{app}/connectors", Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}"}""")))["connectorView"]!["connector"]!["id"].Text();
        var credential = (await program.DoAsync("POST", "/api/v1/apps/connectors/credentials", Json($$"""{"appId": "{{app}}", "connectorId": "{{id}}"}""")))["credential"]!;
        var authority = X509CertificateLoader.LoadCertificateFromFile(server.Server.Folder.FilePath("ca.pem"));
        var raw = new RawConnector(server.Server.Address(Listener.Public).Authority, credential["clientId"].Text(), credential["clientSecret"].Text(), authority);
        await raw.HelloAsync("", Cancellation);
        return (app, $"/api/podium/v1/connectors/{id}", raw);
    }

    private static async Task<JsonObject> SyncAsync(HttpClient program, string own, RawConnector raw, UploadBuilder upload, string state)
    {
        await program.DoAsync("POST", own + "/syncs");
        var task = await raw.TakeAsync(TaskType.SyncFull, Cancellation);
        var path = Path.GetTempFileName();
        try
        {
            upload.Write(path);
            await raw.UploadAsync(task.Id, await File.ReadAllBytesAsync(path, Cancellation), Cancellation);
        }
        finally
        {
            File.Delete(path);
        }

        await raw.FinishAsync(task.Id, Cancellation);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (true)
        {
            var sync = (await program.DoAsync("GET", $"{own}/syncs/{task.Id}"))["sync"]!.AsObject();
            if (sync["state"].Text() == state)
            {
                return sync;
            }

            Assert.True(sync["state"].Text() is "RUNNING" or "RECEIVED" or "APPLYING", sync.ToJsonString());
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<List<JsonObject>> AllAsync(HttpClient program, string path)
    {
        List<JsonObject> rows = [];
        for (var token = ""; ;)
        {
            var page = await program.DoAsync("GET", $"{path}&page_size=10&page_token={token}");
            rows.AddRange(page["list"]!.AsArray().Select(row => row!.AsObject()));
            token = page["nextPageToken"].Text();
            if (token.Length == 0)
            {
                return rows;
            }
        }
    }

    private static (string Accounts, string Grants) Counts(JsonObject answer) => (answer["counts"]!["accounts"].Text(), answer["counts"]!["grants"].Text());
}
