using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Testing.Tests.ControlPlane;

public sealed class TokenEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_GoodAssertion_IsIssuedAndAccepted()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);

        await client.HelloAsync();

        var hello = Assert.Single(platform.Calls.Of(CallKind.Hello));
        Assert.Equal((1, "Bearer", "HTTP/2", "OK"), (hello.Token, hello.AuthorizationScheme, hello.Protocol, hello.Status));
        platform.ThrowOnViolations();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Token_EitherProtocol_IsServed(string version)
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = PlainClient.WithoutToken(platform);

        using var response = await client.RequestTokenAsync(version: Version.Parse(version));
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation);

        Assert.Equal(Version.Parse(version), response.Version);
        Assert.Equal(["access_token", "expires_in", "token_type"], answer!.Select(member => member.Key).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Token_AudienceAsList_IsAccepted()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = PlainClient.WithoutToken(platform);

        using var response = await client.RequestTokenAsync(claims: new() { ["aud"] = new JsonArray("tenant.fake.test") });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"iss":"another"}""", "iss is not the client id")]
    [InlineData("""{"sub":"another"}""", "sub is not the client id")]
    [InlineData("""{"aud":"127.0.0.1"}""", "aud is not the host of the client id")]
    [InlineData("""{"exp":1}""", "exp and nbf are not 120 seconds around iat")]
    [InlineData("""{"iat":1000,"nbf":880,"exp":1120}""", "the assertion is not valid now")]
    [InlineData("""{"jti":"1"}""", "there is a claim jti")]
    [InlineData("""{"iat":"soon"}""", "the assertion is malformed: ")]
    public async Task Token_WrongClaim_IsRefused(string claims, string problem)
        => await RefusesAsync(problem, client => client.RequestTokenAsync(claims: JsonNode.Parse(claims)!.AsObject()));

    [Theory]
    [InlineData("""{"alg":"none"}""", "alg is not EdDSA")]
    [InlineData("""{"nonce":"ABC"}""", "nonce is not 32 lower-case hex digits")]
    [InlineData("""{"kid":"k"}""", "kid is not the key's")]
    [InlineData("""{"typ":"JWT"}""", "the header has a member typ")]
    public async Task Token_WrongHeader_IsRefused(string header, string problem)
        => await RefusesAsync(problem, client => client.RequestTokenAsync(header: JsonNode.Parse(header)!.AsObject()));

    [Fact]
    public async Task Token_SignatureOfAnotherKey_IsRefused()
        => await RefusesAsync("the signature is not of the client's key", client => client.RequestTokenAsync(seed: new byte[32]));

    [Fact]
    public async Task Token_UnknownClient_IsRefused()
        => await RefusesAsync("no such client", client => client.RequestTokenAsync(form: [("client_id", "x@y/z")]));

    [Theory]
    [InlineData("grant_type", "password")]
    [InlineData("client_assertion_type", "jwt")]
    [InlineData("client_assertion", null)]
    public async Task Token_BadForm_IsRefusedAndReported(string name, string? value)
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = PlainClient.WithoutToken(platform);

        using var response = await client.RequestTokenAsync(form: [(name, value)]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(platform.Violations);
    }

    [Fact]
    public async Task Token_NonceUsedBefore_IsRefusedAndReported()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = PlainClient.WithoutToken(platform);
        var header = new JsonObject { ["nonce"] = "00112233445566778899aabbccddeeff" };

        using var first = await client.RequestTokenAsync(header: header);
        using var second = await client.RequestTokenAsync(header: header);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first.StatusCode, second.StatusCode));
        Assert.Single(platform.Violations);
    }

    [Fact]
    public async Task Token_ShapeOfTheAnswer_IsAsSet()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        (platform.Tokens.Type, platform.Tokens.Lifetime) = (null, null);
        using var client = PlainClient.WithoutToken(platform);

        using var response = await client.RequestTokenAsync();

        Assert.Equal(["access_token"], (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!.Select(member => member.Key), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Rpc_WithoutATokenOfOurs_IsUnauthenticated()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = PlainClient.WithoutToken(platform);

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => client.HelloAsync())).StatusCode);
        Assert.Null(Assert.Single(platform.Calls.Of(CallKind.Hello)).Token);
    }

    [Fact]
    public async Task Rpc_WithARevokedToken_IsUnauthenticated()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        platform.Tokens.RevokeAll();

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => client.HelloAsync())).StatusCode);
        await client.RefreshAsync();
        await client.HelloAsync();
    }

    [Fact]
    public async Task Rpc_WithAnExpiredToken_IsUnauthenticated()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var platform = await FakeControlPlane.StartAsync(new() { Time = time }, Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        await client.HelloAsync();

        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => client.HelloAsync())).StatusCode);
    }

    private static async Task RefusesAsync(string problem, Func<PlainClient, Task<HttpResponseMessage>> request)
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = PlainClient.WithoutToken(platform);

        using var response = await request(client);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith(problem, (string?)answer!["error_description"], StringComparison.Ordinal);
        Assert.Equal(0, platform.Tokens.Issued);
    }
}
