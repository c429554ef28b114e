using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Tests.Connectors;
using Podium.Tests.Data;
using Podium.Tokens;

namespace Podium.Tests.Tokens;

public sealed class TokenEndpointTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Post_GoodAssertion_GivesATokenOfTenMinutes(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);

        var (status, body) = await rig.Raw.PostTokenAsync(rig.Raw.TokenForm(Now), Cancellation);

        Assert.Equal(200, status);
        Assert.Equal(600, body["expires_in"]!.GetValue<int>());
        Assert.Equal("Bearer", body["token_type"]!.GetValue<string>());
        var holder = await rig.Get<AccessTokens>().CheckAsync(body["access_token"]!.GetValue<string>(), Cancellation);
        Assert.Equal(rig.ConnectorId, holder!.ConnectorId);
        Assert.Null(holder.PersonId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Post_SameAssertionTwiceAtOnce_CountsOnce(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        var form = rig.Raw.TokenForm(Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.Raw.PostTokenAsync(form, Cancellation)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains("used before", Description(answer.Body), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_SameNonceWithAnotherTime_IsRefused()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        const string Nonce = "00112233445566778899aabbccddeeff";
        var first = await rig.Raw.PostTokenAsync(rig.Raw.TokenForm(Now, (header, _) => header["nonce"] = Nonce), Cancellation);
        var second = await rig.Raw.PostTokenAsync(rig.Raw.TokenForm(Now.AddSeconds(-1), (header, _) => header["nonce"] = Nonce), Cancellation);

        Assert.Equal((200, 401), (first.Status, second.Status));
    }

    [Fact]
    public async Task Post_NoNonce_CountsOnceToo()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        var form = rig.Raw.TokenForm(Now, (header, _) => header.Remove("nonce"));
        var first = await rig.Raw.PostTokenAsync(form, Cancellation);
        var second = await rig.Raw.PostTokenAsync(form, Cancellation);

        Assert.Equal((200, 401), (first.Status, second.Status));
    }

    [Fact]
    public async Task Post_AudienceAsList_IsTaken()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);

        var (status, _) = await rig.Raw.PostTokenAsync(rig.Raw.TokenForm(Now, (_, claims) => claims["aud"] = new JsonArray("127.0.0.1")), Cancellation);

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task Post_WholeSecret_IsTaken()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);

        var (status, _) = await rig.Raw.PostTokenAsync(
            new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = rig.Credential.Credential.ClientId, ["client_secret"] = rig.Credential.ClientSecret },
            Cancellation);

        Assert.Equal(200, status);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "alg", "not signed with the key" },
        { "iss", "iss and sub" },
        { "sub", "iss and sub" },
        { "aud", "aud must be 127.0.0.1" },
        { "aud-port", "aud must be 127.0.0.1" },
        { "exp-past", "has ended" },
        { "exp-text", "has ended" },
        { "exp-far", "five minutes" },
        { "nbf", "not valid yet" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Post_AssertionWithSomethingWrong_IsRefusedWithWhatIs(string what, string reason)
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        var seconds = Now.ToUnixTimeSeconds();

        var (status, body) = await rig.Raw.PostTokenAsync(
            rig.Raw.TokenForm(Now, (header, claims) =>
            {
                switch (what)
                {
                    case "alg":
                        header["alg"] = "none";
                        break;
                    case "aud":
                        claims["aud"] = "elsewhere.example.com";
                        break;
                    case "aud-port":
                        claims["aud"] = "127.0.0.1:8443";
                        break;
                    case "exp-past":
                        claims["exp"] = seconds - 1;
                        break;
                    case "exp-text":
                        claims["exp"] = $"{seconds + 60}";
                        break;
                    case "exp-far":
                        claims["exp"] = seconds + 400;
                        break;
                    case "nbf":
                        claims["nbf"] = seconds + 60;
                        break;
                    default:
                        claims[what] = "somebody@127.0.0.1/ccc";
                        break;
                }
            }),
            Cancellation);

        Assert.Equal(401, status);
        Assert.Contains(reason, Description(body), StringComparison.Ordinal);
        Assert.False(body.ContainsKey("access_token"));
    }

    [Fact]
    public async Task Post_KeyOfAnotherClient_IsRefused()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        var other = await ConnectorRig.AddAsync(rig.Server, "Other");
        var credential = await rig.Get<RotateCredential>().RunAsync(other.Id, null, Actor.System, Cancellation);
        var mixed = rig.NewRaw(credential with { Credential = rig.Credential.Credential });

        var (status, _) = await mixed.PostTokenAsync(mixed.TokenForm(Now), Cancellation);

        Assert.Equal(401, status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.AAAA")]
    [InlineData("W10.W10.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Post_Garbage_IsRefused(string assertion)
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        var form = rig.Raw.TokenForm(Now);
        form["client_assertion"] = assertion;

        var (status, body) = await rig.Raw.PostTokenAsync(form, Cancellation);

        Assert.True(status is 400 or 401);
        Assert.NotEqual("", Description(body));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Revoke_Tokens_AreDeadAtOnce(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        var token = await rig.Raw.AuthorizeAsync(Cancellation);

        await rig.Get<RevokeCredential>().RunAsync(rig.ConnectorId, rig.Credential.Credential.Id, Actor.System, Cancellation);

        Assert.Null(await rig.Get<AccessTokens>().CheckAsync(token, Cancellation));
        Assert.Equal(401, (await rig.Raw.PostTokenAsync(rig.Raw.TokenForm(Now), Cancellation)).Status);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData(0, 401)]
    public async Task Rotate_OldSecret_LastsForTheGrace(int? graceSeconds, int expected)
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);

        var made = await rig.Get<RotateCredential>().RunAsync(
            rig.ConnectorId, graceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Actor.System, Cancellation);

        Assert.Equal(expected, (await rig.Raw.PostTokenAsync(rig.Raw.TokenForm(Now), Cancellation)).Status);
        var raw = rig.NewRaw(made);
        Assert.Equal(200, (await raw.PostTokenAsync(raw.TokenForm(Now), Cancellation)).Status);
    }

    [Fact]
    public async Task Database_AfterAll_HoldsNoSecretAndNoToken()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        var token = await rig.Raw.AuthorizeAsync(Cancellation);
        await rig.Database.ReadAsync(context => context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Cancellation));

        var bytes = await File.ReadAllBytesAsync(rig.Server.Server.Folder.FilePath("podium.db"), Cancellation);

        Assert.True(bytes.AsSpan().IndexOf("client_credential"u8) > 0);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(rig.Credential.ClientSecret[40..])));
    }

    private static string Description(JsonObject body) => body["error_description"]?.GetValue<string>() ?? "";
}
