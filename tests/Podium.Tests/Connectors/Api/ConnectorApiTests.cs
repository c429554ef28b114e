using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Data;
using Podium.SignIn;
using Podium.Tests.Data;
using Podium.Tests.Hosting;
using static Podium.Tests.Connectors.Api.ApiCalls;

namespace Podium.Tests.Connectors.Api;

/// <summary>Connectors made and changed as the clients of this API family do it, on a server with a real executable in its catalogue.</summary>
public sealed class ConnectorApiTests
{
    private const string Secret = "correct-horse-battery-staple";
    private const string Config = """{"@type": "type.googleapis.com/c1.api.app.v1.EnvConfig", "configuration": {"grafana_url": {"stringValue": "http://127.0.0.1:1/"}, "grafana_username": {"stringValue": "admin"}, "grafana_password": {"stringValue": "correct-horse-battery-staple"}}}""";

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Create_WithSettings_IsThereAndNeverSaysThem(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var person = await server.AddPersonAsync(Role.ConnectorAdministrator);
        using var program = await server.ProgramAsync(person);
        var app = await AddAppAsync(program);

        var made = await program.DoAsync("POST", $"/api/v1/apps/{app}/connectors/create", Json($$"""
            {"catalogId": "{{ConnectorCatalog.GrafanaId}}", "description": "of the head office", "config": {{Config}}, "expandMask": {"paths": ["app_id"]} }
            """));

        var connector = made["connectorView"]!["connector"]!;
        Assert.Equal(("Grafana", "of the head office", app), (connector["displayName"].Text(), connector["description"].Text(), connector["appId"].Text()));
        Assert.Equal([person.PublicId.ToString()], connector["userIds"]!.AsArray().Select(id => id.Text()));
        Assert.Null(connector["config"]);
        Assert.NotNull(connector["configUpdatedAt"]);
        Assert.Equal("$.expanded[0]", made["connectorView"]!["appPath"].Text());
        Assert.Equal(("type.googleapis.com/c1.api.app.v1.App", app), (made["expanded"]![0]!["@type"].Text(), made["expanded"]![0]!["id"].Text()));
        var id = connector["id"].Text();
        foreach (var path in new[] { $"/api/v1/apps/{app}/connectors/{id}", $"/api/v1/apps/{app}/connectors", $"/api/podium/v1/connectors/{id}", $"/api/podium/v1/connectors/{id}/journal", "/api/podium/v1/connectors" })
        {
            var text = (await program.DoAsync("GET", path)).ToJsonString();
            Assert.Contains(id, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1:1/", text, StringComparison.Ordinal);
        }

        await using var context = server.Database.Open();
        var row = await context.Set<Connector>().SingleAsync(Cancellation);
        Assert.Equal(Secret, server.Get<SettingsVault>().Open(row.PublicId, row.ProtectedSettings!)["password"]);
    }

    [Theory]
    [InlineData("""{"grafana_username": {"stringValue": "admin"}, "grafana_password": {"stringValue": "x"}}""", "config.configuration.grafana_url")]
    [InlineData("""{"hostname": {"stringValue": "http://127.0.0.1:1/"}, "username": {"stringValue": "admin"}}""", "config.configuration.password")]
    [InlineData("""{"hostname": {"stringValue": "http://127.0.0.1:1/"}, "username": {"stringValue": "a"}, "password": {"stringValue": "x"}, "nonsense": {"stringValue": "x"}}""", "config.configuration.nonsense")]
    [InlineData("""{"hostname": {"listOfWishes": []}}""", "config.configuration.hostname")]
    [InlineData("7", "config.configuration")]
    public async Task Create_SettingsThatDoNotDo_NamesTheFieldAndKeepsNothing(string configuration, string field)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        var app = await AddAppAsync(program);
        var body = Json($$"""{"catalogId": "{{ConnectorCatalog.GrafanaId}}", "config": {"configuration": {{configuration}} } }""");

        await program.RefusedAsync(HttpStatusCode.BadRequest, field, "POST", $"/api/v1/apps/{app}/connectors/create", body);

        Assert.Empty((await program.DoAsync("GET", $"/api/v1/apps/{app}/connectors"))["list"]!.AsArray());
        await using var context = server.Database.Open();
        Assert.False(await context.Set<Connector>().AnyAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_ByItsMask_ChangesThatAndNothingElse(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (admin, other) = (await server.AddPersonAsync(Role.SuperAdministrator), await server.AddPersonAsync());
        using var program = await server.ProgramAsync(admin);
        var app = await AddAppAsync(program);
        var path = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}", "displayName": "Elsewhere", "userIds": ["{{other.PublicId}}"]}"""));
        var before = (await program.DoAsync("GET", path))["connectorView"]!["connector"]!;
        Assert.Equal(before["createdAt"].Text(), before["updatedAt"].Text());

        var renamed = await program.DoAsync("POST", path, Json($$"""{"connector": {"displayName": "Lab", "description": "not meant", "userIds": ["{{admin.PublicId}}"]}, "updateMask": "display_name,userIds"}"""));
        var connector = renamed["connectorView"]!["connector"]!;
        Assert.Equal(("Lab", ""), (connector["displayName"].Text(), connector["description"].Text()));
        Assert.Equal([admin.PublicId.ToString()], connector["userIds"]!.AsArray().Select(id => id.Text()));
        Assert.NotEqual(connector["createdAt"].Text(), connector["updatedAt"].Text());

        await program.RefusedAsync(HttpStatusCode.BadRequest, "updateMask", "POST", path, Json("""{"connector": {}, "updateMask": "displayName,profileAllowList"}"""));
        await program.RefusedAsync(HttpStatusCode.BadRequest, "displayName", "POST", path + "/delegated", Json("""{"connector": {"displayName": " "}, "updateMask": "displayName"}"""));
        await program.RefusedAsync(HttpStatusCode.BadRequest, "userIds", "POST", path, Json("""{"connector": {"userIds": ["0ujtsYcgvSTl8PAuAdqWYSMnLOv"], "displayName": "Half"}, "updateMask": "userIds,displayName"}"""));
        await program.RefusedAsync(HttpStatusCode.BadRequest, "config", "POST", path, Json($$"""{"connector": {"config": {{Config}} }, "updateMask": "config"}"""));
        Assert.Equal("Lab", (await program.DoAsync("GET", path))["connectorView"]!["connector"]!["displayName"].Text());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_SettingsOfAnotherAddress_WantsTheSecretAgain(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        var app = await AddAppAsync(program);
        var path = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.GrafanaId}}", "config": {{Config}} }"""), "/create");
        const string Same = """{"configuration": {"grafana_url": {"stringValue": "http://127.0.0.1:1/"}, "grafana_username": {"stringValue": "root"}}}""";

        await program.DoAsync("POST", path, Json($$"""{"connector": {"config": {{Same}} }, "updateMask": "config"}"""));
        await program.RefusedAsync(
            HttpStatusCode.BadRequest,
            "config.configuration.grafana_password",
            "POST",
            path,
            Json($$"""{"connector": {"config": {{Same.Replace(":1/", ":2/", StringComparison.Ordinal)}} }, "updateMask": "config"}"""));

        await using var context = server.Database.Open();
        var row = await context.Set<Connector>().SingleAsync(Cancellation);
        var stored = server.Get<SettingsVault>().Open(row.PublicId, row.ProtectedSettings!);
        Assert.Equal(("http://127.0.0.1:1/", "root", Secret), (stored["hostname"], stored["username"], stored["password"]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Life_PauseResumeScheduleDelete_IsToldInTheJournal(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var person = await server.AddPersonAsync(Role.ConnectorAdministrator);
        using var program = await server.ProgramAsync(person);
        var app = await AddAppAsync(program);
        var path = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}"}"""));
        var own = $"/api/podium/v1/connectors/{path.Split('/')[^1]}";

        await program.DoAsync("POST", path + "/pause", new JsonObject());
        var paused = (await program.DoAsync("GET", path))["connectorView"]!["connector"]!;
        Assert.Equal(($"Paused by {person.DisplayName}.", true, "SYNC_STATUS_DISABLED"), (paused["syncDisabledReason"].Text(), paused["canResumeSync"]!.GetValue<bool>(), paused["status"]!["status"].Text()));
        Assert.Contains("resume it first", await program.RefusedAsync(HttpStatusCode.BadRequest, null, "POST", path + "/force_sync"), StringComparison.Ordinal);
        await program.DoAsync("POST", path + "/resume");
        Assert.Null((await program.DoAsync("GET", path))["connectorView"]!["connector"]!["syncDisabledAt"]);

        var scheduled = await program.DoAsync("PUT", own + "/schedule", Json("""{"interval": "7200s"}"""));
        Assert.Equal("7200s", scheduled["details"]!["syncInterval"].Text());
        await program.RefusedAsync(HttpStatusCode.BadRequest, "interval", "PUT", own + "/schedule", Json("""{"interval": "1s"}"""));
        await program.RefusedAsync(HttpStatusCode.BadRequest, "interval", "PUT", own + "/schedule", Json("""{"interval": "2 hours"}"""));

        Assert.Equal("0", (await program.DoAsync("GET", own + "/deletion"))["ends"]!["grants"].Text());
        var first = await program.DoAsync("GET", own + "/journal?page_size=10");
        Assert.Equal(
            ["connector.scheduled", "connector.resumed", "connector.paused", "connector.added"],
            first["list"]!.AsArray().Select(line => line!["kind"].Text()));
        Assert.All(first["list"]!.AsArray(), line => Assert.Equal(person.PublicId.ToString(), line!["userId"].Text()));

        await program.DoAsync("DELETE", path, Json("""{"deleteApp": false}"""));
        var deleted = (await program.DoAsync("GET", path))["connectorView"]!["connector"]!;
        Assert.NotNull(deleted["deletedAt"]);
        Assert.Empty((await program.DoAsync("GET", $"/api/v1/apps/{app}/connectors"))["list"]!.AsArray());
        await program.RefusedAsync(HttpStatusCode.NotFound, null, "DELETE", path);
        await program.RefusedAsync(HttpStatusCode.NotFound, null, "GET", own);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Owner_WithoutARole_EditsTheirConnectorAndSeesNoOther(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (admin, owner) = (await server.AddPersonAsync(Role.SuperAdministrator), await server.AddPersonAsync());
        using var program = await server.ProgramAsync(admin);
        using var own = await server.ProgramAsync(owner);
        var app = await AddAppAsync(program);
        var theirs = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.GrafanaId}}", "userIds": ["{{owner.PublicId}}"]}"""));
        var others = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.GrafanaId}}", "displayName": "Not theirs"}"""));

        await own.DoAsync("POST", theirs, Json($$"""{"connector": {"config": {{Config}} }, "updateMask": "config"}"""));
        Assert.Equal([theirs.Split('/')[^1]], (await own.DoAsync("GET", $"/api/v1/apps/{app}/connectors"))["list"]!.AsArray().Select(row => row!["connector"]!["id"].Text()));
        Assert.Single((await own.DoAsync("GET", "/api/podium/v1/connectors"))["list"]!.AsArray());
        await own.DoAsync("POST", $"/api/podium/v1/connectors/{theirs.Split('/')[^1]}/validate", Json($$"""{"config": {{Config}} }"""));
        await own.RefusedAsync(HttpStatusCode.NotFound, null, "GET", others);
        await own.RefusedAsync(HttpStatusCode.NotFound, null, "POST", others, Json("""{"connector": {"displayName": "Mine"}}"""));
        await own.RefusedAsync(HttpStatusCode.NotFound, null, "GET", $"/api/podium/v1/connectors/{others.Split('/')[^1]}/lines");
        await own.RefusedAsync(HttpStatusCode.Forbidden, null, "DELETE", theirs);
        await own.RefusedAsync(HttpStatusCode.Forbidden, null, "POST", $"/api/v1/apps/{app}/connectors", Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}"}"""));
        await own.RefusedAsync(HttpStatusCode.Forbidden, null, "POST", theirs, Json($$"""{"connector": {"userIds": []}, "updateMask": "userIds"}"""));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ReadOnlyAdministrator_ReadsAll_ChangesNothing(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        using var reader = await server.ProgramAsync(await server.AddPersonAsync(Role.ReadOnlyAdministrator));
        var app = await AddAppAsync(program);
        var path = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}"}"""));
        var own = $"/api/podium/v1/connectors/{path.Split('/')[^1]}";

        await reader.DoAsync("GET", own + "/syncs");
        await reader.RefusedAsync(HttpStatusCode.Forbidden, null, "POST", own + "/syncs");
        await reader.RefusedAsync(HttpStatusCode.Forbidden, null, "POST", path + "/pause");
        await reader.RefusedAsync(HttpStatusCode.Forbidden, null, "PUT", own + "/schedule", Json("""{"interval": "7200s"}"""));
        await reader.RefusedAsync(HttpStatusCode.Forbidden, null, "POST", "/api/v1/apps/connectors/credentials", Json($$"""{"appId": "{{app}}", "connectorId": "{{path.Split('/')[^1]}}"}"""));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Credentials_MadeShownOnceAndRevoked(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        var app = await AddAppAsync(program);
        var path = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}"}"""));
        var id = path.Split('/')[^1];

        var first = (await program.DoAsync("POST", "/api/v1/apps/connectors/credentials", Json($$"""{"appId": "{{app}}", "connectorId": "{{id}}"}""")))["credential"]!;
        Assert.StartsWith("secret-token:", first["clientSecret"].Text(), StringComparison.Ordinal);
        var second = (await program.DoAsync("POST", "/api/v1/apps/connectors/credentials", Json($$"""{"appId": "{{app}}", "connectorId": "{{id}}", "grace": "60s"}""")))["credential"]!;
        var read = (await program.DoAsync("GET", $"{path}/credentials/{first["id"].Text()}"))["credential"]!;
        Assert.Null(read["clientSecret"]);
        Assert.NotNull(read["expiresTime"]);

        await program.DoAsync("POST", $"{path}/credentials/{second["id"].Text()}");
        Assert.NotNull((await program.DoAsync("GET", $"{path}/credentials/{second["id"].Text()}"))["credential"]!["deletedAt"]);
        var list = (await program.DoAsync("GET", $"/api/podium/v1/connectors/{id}/credentials"))["list"]!.AsArray();
        Assert.Equal([second["id"].Text(), first["id"].Text()], list.Select(row => row!["id"].Text()));
        var files = (await program.DoAsync("GET", $"/api/podium/v1/connectors/{id}/deployment?kind=docker"))["files"]!.ToJsonString();
        Assert.Contains(first["clientId"].Text(), files, StringComparison.Ordinal);
        await program.RefusedAsync(HttpStatusCode.BadRequest, "kind", "GET", $"/api/podium/v1/connectors/{id}/deployment?kind=abacus");
        await program.RefusedAsync(HttpStatusCode.BadRequest, "grace", "POST", "/api/v1/apps/connectors/credentials", Json($$"""{"appId": "{{app}}", "connectorId": "{{id}}", "grace": "-1s"}"""));

        var hosted = await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.GrafanaId}}"}"""));
        await program.RefusedAsync(HttpStatusCode.BadRequest, null, "POST", "/api/v1/apps/connectors/credentials", Json($$"""{"appId": "{{app}}", "connectorId": "{{hosted.Split('/')[^1]}}"}"""));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Owners_SetAddedAndTakenAway(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (admin, one, two) = (await server.AddPersonAsync(Role.SuperAdministrator), await server.AddPersonAsync(), await server.AddPersonAsync());
        using var program = await server.ProgramAsync(admin);
        var app = await AddAppAsync(program);
        var path = (await AddAsync(program, app, Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}"}"""))).Replace("/v1/", "/v2/", StringComparison.Ordinal) + "/owners";

        await program.DoAsync("PUT", path, Json($$"""{"userRefs": [{"id": "{{one.PublicId}}"}]}"""));
        var added = await program.DoAsync("POST", $"{path}/users/owner/{two.PublicId}", new JsonObject());
        Assert.Equal((two.PublicId.ToString(), "owner"), (added["connectorOwnerUser"]!["user"]!["id"].Text(), added["connectorOwnerUser"]!["roleSlug"].Text()));
        Assert.Equal(2, (await program.DoAsync("GET", path + "/users"))["list"]!.AsArray().Count);
        await program.DoAsync("DELETE", $"{path}/users/owner/{one.PublicId}", new JsonObject());
        await program.RefusedAsync(HttpStatusCode.NotFound, null, "GET", $"{path}/users/owner/{one.PublicId}");
        await program.RefusedAsync(HttpStatusCode.BadRequest, "roleSlug", "POST", $"{path}/users/emperor/{one.PublicId}");
        await program.RefusedAsync(HttpStatusCode.BadRequest, "userRefs", "PUT", path, Json("""{"userRefs": [{"id": "nobody"}]}"""));
        Assert.Equal(two.PublicId.ToString(), (await program.DoAsync("GET", path + "/users"))["list"]![0]!["user"]!["id"].Text());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lines_ReadInTurnAndOnwards(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        var path = await AddAsync(program, await AddAppAsync(program), Json($$"""{"catalogId": "{{ConnectorCatalog.BatonId}}"}"""));
        var own = $"/api/podium/v1/connectors/{path.Split('/')[^1]}/lines?page_size=10";
        var connectorId = await server.Database.ReadAsync(context => context.Set<Connector>().Select(connector => connector.Id).SingleAsync(Cancellation));
        await WriteAsync(1, 12);

        var first = await program.DoAsync("GET", own);
        var second = await program.DoAsync("GET", $"{own}&page_token={first["nextPageToken"].Text()}");
        var end = await program.DoAsync("GET", $"{own}&page_token={second["nextPageToken"].Text()}");
        await WriteAsync(13, 13);
        var later = await program.DoAsync("GET", $"{own}&page_token={end["nextPageToken"].Text()}");

        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"line {number}"), Texts(first));
        Assert.Equal(["line 11", "line 12"], Texts(second));
        Assert.Empty(Texts(end));
        Assert.Equal(["line 13"], Texts(later));
        Assert.Equal((true, false), (first["hasMore"]!.GetValue<bool>(), second["hasMore"]!.GetValue<bool>()));
        Assert.Equal(("warn", "7"), (first["list"]![0]!["level"].Text(), first["list"]![0]!["runId"].Text()));

        Task WriteAsync(int from, int to) => server.Database.WriteAsync(
            context =>
            {
                for (var number = from; number <= to; number++)
                {
                    context.Add(new ConnectorLine { ConnectorId = connectorId, RunId = 7, At = Moment.From(DateTimeOffset.UnixEpoch), Level = "warn", Text = $"line {number}" });
                }

                return Task.CompletedTask;
            },
            Cancellation);

        static IEnumerable<string> Texts(JsonObject page) => page["list"]!.AsArray().Select(line => line!["text"].Text());
    }

    [Fact]
    public async Task Catalog_ListsEntriesWithTheirForms()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync());
        using var admin = await server.ProgramAsync(await server.AddPersonAsync(Role.ConnectorAdministrator));

        var entries = (await program.DoAsync("GET", "/api/podium/v1/catalog"))["list"]!.AsArray();
        var form = (await program.DoAsync("POST", "/api/v1/connectorcatalog", Json($$"""{"catalogId": "{{ConnectorCatalog.GrafanaId}}"}""")))["formSchema"]!;

        Assert.Equal(["HOSTED", "SELF_HOSTED"], entries.Select(entry => entry!["hosting"].Text()));
        Assert.Equal(form.ToJsonString(), entries[0]!["formSchema"]!.ToJsonString());
        var password = form["fields"]!.AsArray().Single(field => field!["name"].Text() == "password")!;
        Assert.NotNull(password["stringField"]!["passwordField"]);
        Assert.False(password.AsObject().ContainsKey("boolField"));
        Assert.NotEmpty(form["fieldGroups"]!.AsArray());
        var wrong = await admin.DoAsync("POST", $"/api/podium/v1/catalog/{ConnectorCatalog.GrafanaId}/validate", Json("""{"config": {"configuration": {"hostname": {"stringValue": "http://127.0.0.1:1/"}}}}"""));
        Assert.False(wrong["isValid"]!.GetValue<bool>());
        Assert.StartsWith("config.configuration.", wrong["problems"]![0]!["field"].Text(), StringComparison.Ordinal);
        Assert.True((await admin.DoAsync("POST", $"/api/podium/v1/catalog/{ConnectorCatalog.GrafanaId}/validate", Json($$"""{"config": {{Config}} }""")))["isValid"]!.GetValue<bool>());
        await program.RefusedAsync(HttpStatusCode.NotFound, null, "GET", "/api/podium/v1/catalog/nothing");
    }

    [Fact]
    public async Task App_WithoutAName_IsRefusedAtIt()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var admin = await server.AddPersonAsync(Role.SuperAdministrator);
        using var program = await server.ProgramAsync(admin);

        await program.RefusedAsync(HttpStatusCode.BadRequest, "displayName", "POST", "/api/v1/apps", new JsonObject());
        var app = (await program.DoAsync("POST", "/api/v1/apps", Json("""{"displayName": "Grafana", "description": "of the company"}""")))["app"]!;

        Assert.Equal(("Grafana", "of the company", "0"), (app["displayName"].Text(), app["description"].Text(), app["userCount"].Text()));
        Assert.Equal(admin.PublicId.ToString(), app["appOwners"]![0]!["id"].Text());
    }

    private static async Task<string> AddAppAsync(HttpClient program)
        => (await program.DoAsync("POST", "/api/v1/apps", Json("""{"displayName": "Grafana"}""")))["app"]!["id"].Text();

    /// <returns>The path of the connector.</returns>
    private static async Task<string> AddAsync(HttpClient program, string app, JsonNode body, string action = "")
        => $"/api/v1/apps/{app}/connectors/{(await program.DoAsync("POST", $"/api/v1/apps/{app}/connectors{action}", body))["connectorView"]!["connector"]!["id"].Text()}";
}
