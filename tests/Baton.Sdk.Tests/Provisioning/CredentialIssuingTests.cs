using System.Runtime.CompilerServices;
using Baton.Credentials;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Baton.Testing.ControlPlane;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class CredentialIssuingTests : IDisposable
{
    private const string Broken = "connector returned invalid credential issuance output: ";

    private readonly CollectedLog _log = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly EllipticRecipient _recipient = new();
    private readonly ScriptedKeys _keys = new();
    private readonly List<SecretBuffer> _buffers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateTimeOffset InAnHour => _time.GetUtcNow().AddHours(1);

    public void Dispose() => _recipient.Dispose();

    [Fact]
    public async Task Issue_SeveralSecretsAndRecipients_EncryptsEachForEachAndWipesThem()
    {
        using var other = new EllipticRecipient();
        var robots = new ScriptedRobots
        {
            Issue = (identity, request, _) =>
            {
                Assert.Equal(("r2", "req-1", InAnHour), (identity.Resource, request.Id, request.ExpiresAt));
                Assert.NotNull(request.Options.ApiKey);
                return ScriptedRobots.Made(ScriptedRobots.Key(identity, request.ExpiresAt), Secret("id", "0815"), Secret("token", "hunter2")) with
                {
                    Annotations = [Annotations.Of(new GrantAlreadyExists())],
                };
            },
        };
        var request = Request(InAnHour);
        request.EncryptionConfigs.Add(other.Config);

        var carried = await Issuing(robots).IssueAsync(request, new Change(), Cancellation);

        var response = carried.Response;
        Assert.Equal(("made", "req-1", CredentialResourceMode.Discoverable), (carried.Summary, response.RequestId, response.ResourceMode));
        Assert.Equal("k7", response.Secret.Id.Resource);
        Assert.True(Annotations.Has(response.Annotations, GrantAlreadyExists.Descriptor));
        Assert.Equal(["id", "id", "token", "token"], response.EncryptedData.Select(data => data.Name).ToArray());
        Assert.Equal(("0815", "hunter2"), (_recipient.Decrypt(response.EncryptedData[0]), other.Decrypt(response.EncryptedData[3])));
        AssertWiped(2);
        Assert.Empty(_keys.Deleted);
        AssertNothingTold();
    }

    [Fact]
    public async Task Issue_WithoutAnEnd_IsLeftToTheConnector()
    {
        DateTimeOffset? seen = InAnHour;
        var robots = new ScriptedRobots
        {
            Issue = (identity, request, _) =>
            {
                seen = request.ExpiresAt;
                return ScriptedRobots.Made(ScriptedRobots.Key(identity, InAnHour), Secret("token", "hunter2"));
            },
        };

        var carried = await Issuing(robots).IssueAsync(Request(), new Change(), Cancellation);

        Assert.Null(seen);
        Assert.Single(carried.Response.EncryptedData);
    }

    [Fact]
    public async Task Issue_NobodyCouldReadIt_AsksNoConnector()
    {
        var robots = new ScriptedRobots();
        var nobody = Request();
        nobody.EncryptionConfigs.Clear();
        var noKey = Request();
        noKey.EncryptionConfigs.Add(new EncryptionConfig { AgeRecipientConfig = new() { Recipient = "me" } });

        await RefusedAsync(robots, nobody, StatusCode.InvalidArgument, "at least one encryption config is required for credential issuance");
        await RefusedAsync(
            robots, noKey, StatusCode.InvalidArgument, "error: creating encryption manager failed: invalid encryption config 1: age: invalid recipient");
        Assert.Equal(0, robots.Calls);
    }

    [Fact]
    public async Task Issue_NobodyOrNobodysType_IsRefused()
    {
        var robots = new ScriptedRobots();

        await RefusedAsync(robots, new() { RequestId = "req-1" }, StatusCode.InvalidArgument, "identity id is required");
        foreach (var type in new[] { "key", "nothing" })
        {
            var request = Request();
            request.IdentityId = Ids.Resource(type, "1");
            await RefusedAsync(robots, request, StatusCode.Unimplemented, "resource type does not have credential issuer configured");
        }

        Assert.Equal(0, robots.Calls);
    }

    [Fact]
    public async Task Issue_RequestBreaksARule_AsksNoConnector()
    {
        var robots = new ScriptedRobots();

        await RefusedAsync(
            robots,
            Request(_time.GetUtcNow().AddSeconds(59)),
            StatusCode.InvalidArgument,
            "invalid credential issuance request: requested expiry is below connector minimum");

        Assert.Equal(0, robots.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Issue_FailureThatPasses_IsFinalOnceSomethingWasSent(bool isSent)
    {
        var limit = new RateLimit(null, null, DateTimeOffset.UnixEpoch);
        var robots = new ScriptedRobots
        {
            Issue = (_, _, change) =>
            {
                if (isSent)
                {
                    change.Send(new("POST", "/keys"));
                }

                throw new ConnectorException(StatusCode.Unavailable, "no answer") { RateLimit = limit };
            },
        };

        var failure = await FailsAsync(robots, Request());

        Assert.Equal(
            (StatusCode.Unavailable, "error: issue credential for identity failed: no answer", !isSent, limit),
            (failure.Code, failure.Message, failure.IsTransient, failure.RateLimit));
        Assert.Empty(_keys.Deleted);
    }

    [Fact]
    public async Task Issue_ConnectorHasABug_IsInternalAndDoesNotShowIt()
    {
        var robots = new ScriptedRobots { Issue = (_, _, _) => throw new InvalidOperationException("something with hunter2 in it") };

        var failure = await FailsAsync(robots, Request());

        Assert.Equal(StatusCode.Internal, failure.Code);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_DryRun_EndsAtTheFirstRequest()
    {
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => Issuing(new ScriptedRobots()).IssueAsync(Request(), change, Cancellation));

        Assert.Equal("POST /keys", Assert.Single(change.Requests).ToString());
    }

    [Theory]
    [InlineData("other type", "the secret is of type robot, not key")]
    [InlineData("no trait", "the secret has no SecretTrait")]
    [InlineData("other identity", "the secret belongs to another identity")]
    [InlineData("no end", "the secret has no end")]
    [InlineData("later end", "the secret ends later than asked for")]
    [InlineData("no plaintext", "there is no plaintext")]
    [InlineData("no name", "a plaintext has no name")]
    [InlineData("one name twice", "two plaintexts have one name")]
    [InlineData("empty", "a plaintext is empty")]
    public async Task Issue_ConnectorMadeSomethingElse_IsGivenToNobodyAndDeleted(string what, string cause)
    {
        var key = ScriptedRobots.Key(ScriptedRobots.Identity, InAnHour);
        var made = what switch
        {
            "other type" => ScriptedRobots.Made(new(key) { Id = Ids.Resource("robot", "k7") }, Secret("token", "hunter2")),
            "no trait" => ScriptedRobots.Made(new() { Id = key.Id, ParentResourceId = key.ParentResourceId }, Secret("token", "hunter2")),
            "other identity" => ScriptedRobots.Made(
                new(ScriptedRobots.Key(Ids.Resource("robot", "c3"), InAnHour)) { ParentResourceId = key.ParentResourceId }, Secret("token", "hunter2")),
            "no end" => ScriptedRobots.Made(ScriptedRobots.Key(ScriptedRobots.Identity, null), Secret("token", "hunter2")),
            "later end" => ScriptedRobots.Made(ScriptedRobots.Key(ScriptedRobots.Identity, InAnHour.AddTicks(10)), Secret("token", "hunter2")),
            "no plaintext" => ScriptedRobots.Made(key),
            "no name" => ScriptedRobots.Made(key, Secret(" ", "hunter2")),
            "one name twice" => ScriptedRobots.Made(key, Secret("token", "hunter2"), Secret("token", "hunter2")),
            _ => ScriptedRobots.Made(key, Secret("token", "hunter2"), Secret("id", "")),
        };
        var secrets = made.Plaintexts.Count;

        var failure = await FailsAsync(new ScriptedRobots { Issue = (_, _, _) => made }, Request(InAnHour));

        var isKey = made.Secret.Id.ResourceType == "key";
        Assert.Equal(StatusCode.Internal, failure.Code);
        Assert.False(failure.IsTransient);
        Assert.StartsWith(Broken + cause, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            isKey ? "; it was deleted again (gone)" : "; robot:k7 was left behind and must be deleted by hand: resource type robot does not have resource Delete() configured",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(isKey ? ["r2/k7"] : [], _keys.Deleted);
        AssertWiped(secrets);
        AssertNothingTold();
    }

    [Fact]
    public async Task Issue_WhatWasMadeHasNoIdOrCannotBeDeleted_IsSaid()
    {
        var keys = new ScriptedKeys { Delete = () => throw new ConnectorException(StatusCode.Unavailable, "no answer") };
        var nameless = new ScriptedRobots { Issue = (_, _, _) => ScriptedRobots.Made(new(), Secret("token", "hunter2")) };
        var endless = new ScriptedRobots { Issue = (identity, _, _) => ScriptedRobots.Made(ScriptedRobots.Key(identity, null), Secret("token", "hunter2")) };

        var first = await FailsAsync(nameless, Request(InAnHour), keys);
        var second = await FailsAsync(endless, Request(InAnHour), keys);

        Assert.Equal($"{Broken}the secret has no id; it was not deleted, since nothing says which it is", first.Message);
        Assert.Equal(
            $"{Broken}the secret has no end; key:k7 was left behind and must be deleted by hand: error: delete resource failed: no answer", second.Message);
        AssertWiped(2);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_bytes")]
    private static extern ref SecretBuffer BufferOf(Plaintext plaintext);

    private IssueCredentialRequest Request(DateTimeOffset? expiresAt = null) => new()
    {
        IdentityId = ScriptedRobots.Identity,
        CredentialOptions = new() { ApiKey = new() },
        EncryptionConfigs = { _recipient.Config },
        RequestId = "req-1",
        ExpiresAt = expiresAt?.ToTimestamp(),
    };

    private Plaintext Secret(string name, string text)
    {
        var secret = Plaintext.FromText(name, text);
        _buffers.Add(BufferOf(secret));
        return secret;
    }

    private void AssertWiped(int count)
    {
        Assert.Equal(count, _buffers.Count);
        Assert.All(_buffers, buffer => Assert.All(buffer.Array, letter => Assert.Equal(0, letter)));
    }

    private void AssertNothingTold()
        => Assert.DoesNotContain(_log.Lines, line => $"{line.Message} {string.Join(' ', line.Fields.Values)}".Contains("hunter2", StringComparison.Ordinal));

    private CredentialIssuing Issuing(ScriptedRobots robots, ScriptedKeys? keys = null) => new(new ScriptedAccounts(keys ?? _keys, robots), _time, _log);

    private Task<ConnectorException> FailsAsync(ScriptedRobots robots, IssueCredentialRequest request, ScriptedKeys? keys = null)
        => Assert.ThrowsAsync<ConnectorException>(() => Issuing(robots, keys).IssueAsync(request, new Change(), Cancellation));

    private async Task RefusedAsync(ScriptedRobots robots, IssueCredentialRequest request, StatusCode code, string message)
    {
        var refusal = await FailsAsync(robots, request);
        Assert.Equal((code, message), (refusal.Code, refusal.Message));
    }
}
