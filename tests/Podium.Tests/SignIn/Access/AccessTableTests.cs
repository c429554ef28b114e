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

    private static List<(string Method, string Route)> Endpoints(TestServer server) => [.. server.Get<EndpointDataSource>().Endpoints
        .SelectMany(endpoint => endpoint is RouteEndpoint routed
            ? (routed.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Select(method => (method, AccessGate.Route(routed)))
            : throw new InvalidOperationException($"{endpoint.DisplayName} has no route"))
        .Distinct()];
}
