using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Podium.Data;
using Podium.SignIn;
using Podium.Tests.Connectors.Api;
using Podium.Tests.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.Api;

/// <summary>What every endpoint of the API does alike.</summary>
public sealed class ApiConventionsTests
{
    private static readonly string[] Names =
    [
        "query", "email", "ids", "refs", "pageSize", "page_token", "roleIds", "userStatuses", "displayName", "appIds", "excludeAppIds", "owners", "catalogId", "config", "userIds",
        "expandMask", "connector", "updateMask", "userRefs", "roleSlug", "appEntitlementRefs", "interval", "grace", "appId", "connectorId", "deleteApp", "scopedRoles", "allowSourceCidr",
    ];

    private static readonly string[] Values =
    [
        "null", "1", "\"x\"", "[]", "[null]", "[{}]", "{}", "1e400", "-1", "true", "\"-5s\"", "\"config,userIds\"", "\"2u00PxhFPUJXX9oUwLlijnpIFME\"", "{\"paths\":[null]}",
        "{\"configuration\":{\"hostname\":null,\"password\":{\"stringValue\":[]}}}", "{\"configuration\":[1]}", "{\"@type\":5}", "{\"config\":{\"configuration\":{\"a\":{}}}}",
    ];

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_BothSpellingsAndUnknownFields_AreTaken(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        for (var index = 0; index < 24; index++)
        {
            await server.AddPersonAsync();
        }

        var first = await PostAsync(program, """{"page_size": 10, "query": "PERSON", "somethingNew": {"a": [1]}}""");
        var second = await PostAsync(program, $$"""{"pageSize": "10", "query": "PERSON", "pageToken": "{{first["nextPageToken"]}}"}""");
        var third = await PostAsync(program, $$"""{"pageSize": 10, "query": "PERSON", "page_token": "{{second["nextPageToken"]}}"}""");

        var names = new[] { first, second, third }.SelectMany(page => page["list"]!.AsArray()).Select(row => row!["user"]!["displayName"]!.GetValue<string>()).ToList();
        Assert.Equal(25, names.Count);
        Assert.Equal(25, names.Distinct().Count());
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal("", third["nextPageToken"]!.GetValue<string>());
        Assert.Empty(first["expanded"]!.AsArray());
    }

    [Fact]
    public async Task Search_TokenOfAnotherFilter_IsRefused()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        for (var index = 0; index < 12; index++)
        {
            await server.AddPersonAsync();
        }

        var token = (await PostAsync(program, """{"pageSize": 10}"""))["nextPageToken"]!.GetValue<string>();
        foreach (var bad in new[] { token, "x", "AAAA", new string('A', 5000), "ü" })
        {
            using var answer = await SendAsync(program, $$"""{"pageSize": 10, "query": "p", "pageToken": "{{bad}}"}""");
            await AssertErrorAsync(answer, HttpStatusCode.BadRequest, 3, "page token");
        }
    }

    [Fact]
    public async Task Body_Malformed_Is400WithOneLineThatNamesThePlace()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));

        foreach (var (body, expected) in new[]
        {
            ("{", "line 1"), ("[1]", "The body"), ("\"text\"", "The body"), ("{\"ids\": 5}", "ids"), ("{\"pageSize\": \"many\"}", "pageSize"),
            ("{\"pageSize\": 99999999999}", "pageSize"), (new string('[', 5000), "JSON"),
        })
        {
            using var answer = await SendAsync(program, body);
            var message = await AssertErrorAsync(answer, HttpStatusCode.BadRequest, 3, expected);
            Assert.DoesNotContain('\n', message);
            Assert.DoesNotContain("Podium.", message, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/search/users")]
    [InlineData("POST", "/api/v1/search/apps")]
    [InlineData("POST", "/api/v1/iam/personal_clients")]
    [InlineData("POST", "/api/v1/apps")]
    [InlineData("POST", "/api/v1/apps/{app}/connectors")]
    [InlineData("POST", "/api/v1/apps/{app}/connectors/create")]
    [InlineData("POST", "/api/v1/apps/{app}/connectors/{connector}")]
    [InlineData("POST", "/api/v1/apps/connectors/credentials")]
    [InlineData("PUT", "/api/v2/apps/{app}/connectors/{connector}/owners")]
    [InlineData("POST", "/api/v1/connectorcatalog")]
    [InlineData("POST", "/api/podium/v1/catalog/2u00PxhFPUJXX9oUwLlijnpIFME/validate")]
    [InlineData("POST", "/api/podium/v1/connectors/{connector}/validate")]
    [InlineData("PUT", "/api/podium/v1/connectors/{connector}/schedule")]
    public async Task Body_Random_NeverFailsTheServer(string method, string route)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));
        var app = (await program.DoAsync("POST", "/api/v1/apps", ApiCalls.Json("""{"displayName": "Grafana"}""")))["app"]!["id"].Text();
        var connector = await program.DoAsync("POST", $"/api/v1/apps/{app}/connectors", ApiCalls.Json("""{"catalogId": "2u00PxhFPUJXX9oUwLlijnpIFME"}"""));
        var path = route.Replace("{app}", app, StringComparison.Ordinal).Replace("{connector}", connector["connectorView"]!["connector"]!["id"].Text(), StringComparison.Ordinal);
        var json = Gen.OneOf(
            Gen.Char["{}[]\":,0123456789truefalsn\\u \t"].Array[0, 60].Select(text => new string(text)),
            Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, Values.Length - 1], (name, value) => (Names[name], Values[value]))
                .Array[0, 4].Select(members => "{" + string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}")) + "}"));

        await json.SampleAsync(async body =>
        {
            using HttpRequestMessage request = new(new(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await program.SendAsync(request, Cancellation);
            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {body}");
        }, iter: 200);
    }

    [Fact]
    public async Task Body_TooLarge_IsRefusedByItsSize()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));

        using var answer = await SendAsync(program, $$"""{"query": "{{new string('x', 1024 * 1024)}}"}""");

        await AssertErrorAsync(answer, HttpStatusCode.RequestEntityTooLarge, 8, "1024 KiB");
    }

    [Theory]
    [InlineData("GET", "/api/v1/policies")]
    [InlineData("DELETE", "/api/v1/auth/introspect")]
    [InlineData("POST", "/api/nonsense")]
    public async Task Request_WhatIsNotThere_Is501WithABody(string method, string path)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync());

        using var answer = await program.SendAsync(new(new(method), path), Cancellation);

        await AssertErrorAsync(answer, HttpStatusCode.NotImplemented, 12, $"{method} {path}");
    }

    [Fact]
    public async Task Request_WithoutTheRole_Is403AndNobodyIs401()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync());
        using var nobody = server.Client();

        using var forbidden = await program.GetAsync("/api/v1/users", Cancellation);
        using var unknown = await nobody.GetAsync("/api/v1/users", Cancellation);

        await AssertErrorAsync(forbidden, HttpStatusCode.Forbidden, 7, "Super Administrator");
        await AssertErrorAsync(unknown, HttpStatusCode.Unauthorized, 16, "/auth/v1/token");
    }

    [Fact]
    public async Task Get_SomebodyElseWithoutARole_IsNotThere()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var (one, other) = (await server.AddPersonAsync(), await server.AddPersonAsync());
        using var program = await server.ProgramAsync(one);

        using var own = await program.GetAsync($"/api/v1/users/{one.PublicId}", Cancellation);
        using var others = await program.GetAsync($"/api/v1/users/{other.PublicId}", Cancellation);

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal("application/json", own.Content.Headers.ContentType!.MediaType);
        await AssertErrorAsync(others, HttpStatusCode.NotFound, 5, "There is no user");
    }

    [Fact]
    public async Task Request_CookieOfASession_IsNobody()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var browser = await server.BrowserAsync(await server.AddPersonAsync(Role.SuperAdministrator));

        using var answer = await browser.GetAsync("/api/v1/auth/introspect", Cancellation);

        await AssertErrorAsync(answer, HttpStatusCode.Unauthorized, 16, "bearer token");
    }

    [Fact]
    public async Task Answer_Headers_KeepBrowsersAndCachesOut()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync());

        using var answer = await program.GetAsync("/api/v1/auth/introspect", Cancellation);

        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<JsonObject> PostAsync(HttpClient program, string body)
    {
        using var answer = await SendAsync(program, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient program, string body)
        => program.PostAsync("/api/v1/search/users", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static async Task<string> AssertErrorAsync(HttpResponseMessage answer, HttpStatusCode status, int code, string part)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        Assert.Equal(["code", "details", "message"], body.Select(member => member.Key).Order());
        Assert.Equal(code, body["code"]!.GetValue<int>());
        Assert.Contains(part, body["message"]!.GetValue<string>(), StringComparison.Ordinal);
        return body["message"]!.GetValue<string>();
    }
}
