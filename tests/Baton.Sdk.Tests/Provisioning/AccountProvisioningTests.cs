using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Credentials;
using Baton.Sdk.Provisioning;
using Baton.Credentials.Tests;
using Baton.Credentials.Tests.Decryption;
using Google.Protobuf;
using Grpc.Core;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class AccountProvisioningTests
{
    private readonly CollectedLog _log = new();
    private readonly List<SecretBuffer> _buffers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_SeveralSecretsAndRecipients_EncryptsEachForEachAndWipesThem()
    {
        var type = new ScriptedCreation("user", (_, _, _) => new AccountOutcome.Created("done", ScriptedAccounts.Account(7))
        {
            Plaintexts = [Secret("password", "hunter2"), Secret("pin", "0815")],
            InvitationExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1),
            Annotations = [Annotations.Of(new GrantAlreadyExists())],
        });

        var (response, summary) = await CreateAsync(type, Random(20, Jwk("ed25519"), Jwk("p256")));

        Assert.Equal("done", summary);
        Assert.Equal(CreateAccountResponse.ResultOneofCase.Success, response.ResultCase);
        Assert.Equal(("7", true), (response.Success.Resource.Id.Resource, response.Success.IsCreateAccountResult));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), response.Success.InvitationExpiresAt.ToDateTimeOffset());
        Assert.True(Annotations.Has(response.Annotations, GrantAlreadyExists.Descriptor));
        Assert.Equal(["password", "password", "pin", "pin"], response.EncryptedData.Select(data => data.Name).ToArray());
        Assert.Equal("hunter2"u8, KeyOwner.Decrypt(Private("ed25519"), response.EncryptedData[0].EncryptedBytes.Span));
        Assert.Equal("0815"u8, KeyOwner.Decrypt(Private("p256"), response.EncryptedData[3].EncryptedBytes.Span));
        AssertWiped(2);
        Assert.DoesNotContain(_log.Lines, line => $"{line.Message} {string.Join(' ', line.Fields.Values)}".Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_NobodyIsToBeTold_DropsAndWipesTheSecrets()
    {
        var type = Made("password");

        var (response, _) = await CreateAsync(type, Random(20));

        Assert.Equal(CreateAccountResponse.ResultOneofCase.Success, response.ResultCase);
        Assert.Empty(response.EncryptedData);
        Assert.Null(response.Success.InvitationExpiresAt);
        AssertWiped(1);
    }

    [Fact]
    public async Task Create_ThereBefore_CarriesTheAccount()
    {
        var type = new ScriptedCreation("user", (_, _, _) => new AccountOutcome.AlreadyExists("was there", ScriptedAccounts.Account(7)));

        var (response, summary) = await CreateAsync(type, Random(20, Jwk("ed25519")));

        Assert.Equal(CreateAccountResponse.ResultOneofCase.AlreadyExists, response.ResultCase);
        Assert.Equal(("7", true, "was there"), (response.AlreadyExists.Resource.Id.Resource, response.AlreadyExists.IsCreateAccountResult, summary));
        Assert.Empty(response.EncryptedData);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_SomebodyMustAct_CarriesWhatToDo(bool hasAccount)
    {
        var type = new ScriptedCreation("user", (_, _, _) => new AccountOutcome.ActionRequired("follow the link", hasAccount ? ScriptedAccounts.Account(7) : null));

        var (response, _) = await CreateAsync(type, Random(20));

        Assert.Equal(CreateAccountResponse.ResultOneofCase.ActionRequired, response.ResultCase);
        Assert.Equal(("follow the link", true), (response.ActionRequired.Message, response.ActionRequired.IsCreateAccountResult));
        Assert.Equal(hasAccount ? "7" : null, response.ActionRequired.Resource?.Id.Resource);
        Assert.Equal(response, CreateAccountResponse.Parser.ParseFrom(response.ToByteArray()));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(65)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Create_LengthOutOfBounds_IsRefusedInUpstreamsWords(int length)
    {
        var type = Made("password");

        var refused = await FailsAsync(type, Random(length));

        Assert.Equal(
            (StatusCode.InvalidArgument,
                "invalid CreateAccountRequest.CredentialOptions: embedded message failed validation | caused by: invalid CredentialOptions.RandomPassword: "
                + "embedded message failed validation | caused by: invalid CredentialOptions_RandomPassword.Length: value must be inside range [8, 64]"),
            (refused.Code, refused.Message));
        Assert.Equal(0, type.Calls);
    }

    [Fact]
    public async Task Create_RecipientCannotBeUsed_AsksNoConnector()
    {
        var type = Made("password");

        var refused = await FailsAsync(type, Random(20, Jwk("ed25519"), new EncryptionConfig { AgeRecipientConfig = new() { Recipient = "me" } }));

        Assert.Equal(
            (StatusCode.InvalidArgument, "error: creating encryption manager failed: invalid encryption config 1: age: invalid recipient"), (refused.Code, refused.Message));
        Assert.Equal(0, type.Calls);
    }

    [Fact]
    public async Task Create_OptionsWithoutAnything_AreRefused()
    {
        var type = Made("password");

        var refused = await FailsAsync(type, new CreateAccountRequest { CredentialOptions = new() });

        Assert.Equal((StatusCode.InvalidArgument, "error: converting credential options failed: invalid credential options"), (refused.Code, refused.Message));
        Assert.Equal(0, type.Calls);
    }

    [Fact]
    public async Task Create_PasswordForThisConnector_ReachesItAndIsWipedAfterwards()
    {
        using var secret = Keys.Secret(Keys.Ed25519(RandomNumberGenerator.GetBytes(32)));
        CredentialRequest.GivenPassword? given = null;
        var type = new ScriptedCreation("user", (_, credential, _) =>
        {
            given = Assert.IsType<CredentialRequest.GivenPassword>(credential);
            Assert.Equal("hunter2"u8, given.Password.Bytes);
            _buffers.Add(BufferOf(given.Password));
            return new AccountOutcome.AlreadyExists("was there", ScriptedAccounts.Account(7));
        });

        await new AccountProvisioning(new ScriptedAccounts(type), secret, _log).CreateAsync(EncryptedFor(secret), new Change(), Cancellation);

        AssertWiped(1);
        Assert.Throws<ObjectDisposedException>(() => given!.Password.Bytes.Length);
    }

    [Fact]
    public async Task Create_PasswordForThisConnectorAndRefused_IsWipedToo()
    {
        using var secret = Keys.Secret(Keys.Ed25519(RandomNumberGenerator.GetBytes(32)));
        var type = new ScriptedCreation("user", (_, credential, _) =>
        {
            _buffers.Add(BufferOf(((CredentialRequest.GivenPassword)credential).Password));
            throw new ConnectorException(StatusCode.FailedPrecondition, "no");
        });

        await Assert.ThrowsAsync<ConnectorException>(
            () => new AccountProvisioning(new ScriptedAccounts(type), secret, _log).CreateAsync(EncryptedFor(secret), new Change(), Cancellation));

        AssertWiped(1);
    }

    [Fact]
    public async Task Create_PasswordWithoutASecretToReadIt_IsRefused()
    {
        using var secret = Keys.Secret(Keys.Ed25519(RandomNumberGenerator.GetBytes(32)));
        var type = Made("password");

        var refused = await FailsAsync(type, EncryptedFor(secret));

        Assert.Equal((StatusCode.InvalidArgument, "error: converting credential options failed: client-secret is required"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Create_ConnectorRefuses_KeepsCodeAndWhetherItPasses()
    {
        var until = new RateLimit(null, null, DateTimeOffset.UnixEpoch);
        var type = new ScriptedCreation("user", (_, _, _) => throw new ConnectorException(StatusCode.ResourceExhausted, "full") { IsTransient = true, RateLimit = until });

        var refused = await FailsAsync(type, Random(20));

        Assert.Equal((StatusCode.ResourceExhausted, "error: create account failed: full", true), (refused.Code, refused.Message, refused.IsTransient));
        Assert.Same(until, refused.RateLimit);
    }

    [Fact]
    public async Task Create_ConnectorHasABug_IsInternalAndDoesNotShowIt()
    {
        var type = new ScriptedCreation("user", (_, _, _) => throw new InvalidOperationException("something with hunter2 in it"));

        var failed = await FailsAsync(type, Random(20));

        Assert.Equal(StatusCode.Internal, failed.Code);
        Assert.StartsWith("error: create account failed: ", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_DryRun_EndsAtTheFirstRequest()
    {
        var type = new ScriptedCreation("user", (_, _, change) =>
        {
            change.Send(new("POST", "/accounts"));
            throw new InvalidOperationException("sent");
        });
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => Provisioning(type).CreateAsync(Random(20), change, Cancellation));

        Assert.Equal("POST /accounts", Assert.Single(change.Requests).ToString());
    }

    [Fact]
    public async Task Create_DeliveryFails_WipesAllTheSame()
    {
        var type = Made("password");

        await Assert.ThrowsAsync<IOException>(() => Provisioning(type).CreateAsync(
            "user", new AccountInfo(), new CredentialRequest.None(), _ => throw new IOException("the disk is full"), new Change(), Cancellation));

        AssertWiped(1);
    }

    [Fact]
    public async Task Create_AccountInfoIsMissing_IsEmpty()
    {
        AccountInfo? seen = null;
        var type = new ScriptedCreation("user", (account, _, _) =>
        {
            seen = account;
            return new AccountOutcome.AlreadyExists("was there", ScriptedAccounts.Account(7));
        });

        await CreateAsync(type, new CreateAccountRequest());

        Assert.Equal(new AccountInfo(), seen);
    }

    [Theory]
    [InlineData("", "person", null, "person")]
    [InlineData("", "person", "user", "user")]
    [InlineData("person", "person", "user", "person")]
    [InlineData("user", "person", "user", "user")]
    public async Task Create_TypeSaidOrNot_IsThatOrTheObviousOne(string asked, string first, string? second, string made)
    {
        var types = new[] { first, second }.OfType<string>().Select(id => new ScriptedCreation(
            id, (_, _, _) => new AccountOutcome.AlreadyExists(id, ScriptedAccounts.Account(7)))).ToList();
        var provisioning = new AccountProvisioning(new ScriptedAccounts([new ScriptedListing("group"), .. types]), null, _log);

        var (_, summary) = await provisioning.CreateAsync(new CreateAccountRequest { ResourceTypeId = asked }, new Change(), Cancellation);

        Assert.Equal(made, summary);
    }

    [Theory]
    [InlineData("group", "group")]
    [InlineData("nothing", "nothing")]
    [InlineData("", "user")]
    public async Task Create_TypeMakesNoAccounts_IsUnimplemented(string asked, string named)
    {
        var provisioning = new AccountProvisioning(new ScriptedAccounts(new ScriptedListing("group"), new ScriptedListing("user")), null, _log);

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => provisioning.CreateAsync(new CreateAccountRequest { ResourceTypeId = asked }, new Change(), Cancellation));

        Assert.Equal(
            (StatusCode.Unimplemented, $"connector does not have account manager configured for resource type: {named}"), (refused.Code, refused.Message));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_bytes")]
    private static extern ref SecretBuffer BufferOf(Plaintext plaintext);

    private static System.Text.Json.JsonElement Private(string name) => Vectors.Entry("jwk_provider", name).GetProperty("private_jwk");

    private static EncryptionConfig Jwk(string name) => new()
    {
        JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFromUtf8(Vectors.Entry("jwk_provider", name).GetProperty("public_jwk").GetRawText()) },
    };

    private static CreateAccountRequest Random(int length, params IReadOnlyList<EncryptionConfig> recipients)
        => new() { ResourceTypeId = "user", CredentialOptions = new() { RandomPassword = new() { Length = length } }, EncryptionConfigs = { recipients } };

    private static CreateAccountRequest EncryptedFor(ClientSecret secret)
    {
        var jwk = $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(secret.PublicKey)}}"}""";
        var config = new EncryptionConfig { JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFromUtf8(jwk) } };
        using var plaintext = new Plaintext("password", "hunter2"u8);
        return new() { CredentialOptions = new() { EncryptedPassword = new() { EncryptedPasswords = { CredentialEncryption.Parse([config]).Encrypt([plaintext]) } } } };
    }

    private ScriptedCreation Made(string name)
        => new("user", (_, _, _) => new AccountOutcome.Created("done", ScriptedAccounts.Account(7)) { Plaintexts = [Secret(name, "hunter2")] });

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

    private AccountProvisioning Provisioning(IResourceSyncer type) => new(new ScriptedAccounts(type), null, _log);

    private async Task<(CreateAccountResponse Response, string Summary)> CreateAsync(IResourceSyncer type, CreateAccountRequest request)
    {
        var carried = await Provisioning(type).CreateAsync(request, new Change(), Cancellation);
        return (carried.Response, carried.Summary);
    }

    private Task<ConnectorException> FailsAsync(IResourceSyncer type, CreateAccountRequest request)
        => Assert.ThrowsAsync<ConnectorException>(() => Provisioning(type).CreateAsync(request, new Change(), Cancellation));
}
