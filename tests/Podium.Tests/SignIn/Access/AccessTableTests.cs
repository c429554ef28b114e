using System.Net;
using System.Text.RegularExpressions;
using Baton.Testing;
using Microsoft.AspNetCore.Routing;
using Podium.Data;
using Podium.SignIn;
using Podium.SignIn.Access;
using Podium.Tests.Hosting;

namespace Podium.Tests.SignIn.Access;

/// <summary>Every endpoint of the composed server, with every role and with nobody.</summary>
public sealed class AccessTableTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_All_HaveALine()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var endpoints = Endpoints(server);

        Assert.Empty(endpoints.Where(endpoint => AccessTable.Find(endpoint.Method, endpoint.Route) is null).Select(endpoint => $"{endpoint.Method} {endpoint.Route}: add it to AccessTable"));
        Assert.NotEmpty(endpoints);
    }

    [Fact]
    public async Task Endpoints_WithEveryRoleAndNobody_LetInWhoTheTableSays()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        // Those of health are on a listener where nobody is asked.
        var endpoints = Endpoints(server).Where(endpoint => AccessTable.Find(endpoint.Method, endpoint.Route)!.Who.Kind != WhoKind.ConnectorToken
            && endpoint.Route is not ("/live" or "/ready" or "/health" or "/metrics")).ToList();
        List<string> wrong = [];
        foreach (var role in Enum.GetValues<Role>().Cast<Role?>().Append(null))
        {
            var person = role is { } held ? await server.AddPersonAsync(held) : null;
            using var browser = person is null ? server.Client() : await server.BrowserAsync(person);
            using var program = person is null ? server.Client() : await server.ProgramAsync(person);
            if (person is null)
            {
                browser.DefaultRequestHeaders.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
            }

            foreach (var (method, route) in endpoints)
            {
                var client = route.StartsWith("/api/", StringComparison.Ordinal) ? program : browser;
                using HttpRequestMessage request = new(new(method), PathOf(route));
                if (person is not null && route == "/sign-out")
                {
                    // It does what it says, and the rest of the walk needs the session.
                    continue;
                }

                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
                var rule = AccessTable.Find(method, route)!;
                var isIn = !IsRefused(answer);
                var mayIn = Expected(rule, role);
                if (isIn != mayIn && !(mayIn && (rule.Condition is not null || SaysWhy(answer))))
                {
                    wrong.Add($"{method} {route}, {(role is { } named ? RoleNames.Of(named) : "nobody")}: {(mayIn ? "may" : "may not")}, and got {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Document_Table_IsWhatTheCodeSays()
    {
        var path = Path.Combine(Repository.Root, "docs", "podium", "who-may-what.md");
        var text = WhoMayWhatDocument.Write();

        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, text, Cancellation);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, Cancellation), text);
    }

    [Fact]
    public void Admits_EndpointWithoutALine_IsForNobody() => Assert.Null(AccessTable.Find("GET", "/forgotten"));

    // Written down here once more, so that a slip in the rule itself shows.
    private static bool Expected(AccessRule rule, Role? role) => rule.Who.Kind switch
    {
        WhoKind.Anybody => true,
        WhoKind.SignedIn => role is not null,
        WhoKind.Roles => role is { } held && (rule.Condition is not null || rule.Who.Roles.Contains(held)),
        _ => false,
    };

    private static bool IsRefused(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location?.OriginalString.StartsWith("/sign-in?return=", StringComparison.Ordinal) == true);

    // An endpoint may refuse by itself, for a reason that it tells: a key that makes keys.
    private static bool SaysWhy(HttpResponseMessage answer)
        => answer.StatusCode == HttpStatusCode.Forbidden && answer.RequestMessage!.RequestUri!.AbsolutePath == "/api/v1/iam/personal_clients";

    private static string PathOf(string route) => Regex.Replace(route, @"\{[^}]+\}", "0ujtsYcgvSTl8PAuAdqWYSMnLOv");

    private static List<(string Method, string Route)> Endpoints(TestServer server) => [.. server.Get<EndpointDataSource>().Endpoints
        .SelectMany(endpoint => endpoint is RouteEndpoint routed
            ? (routed.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Select(method => (method, AccessGate.Route(routed)))
            : throw new InvalidOperationException($"{endpoint.DisplayName} has no route"))
        .Distinct()];
}
