using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Credentials;
using Baton.Sdk.Provisioning;
using Baton.Credentials.Tests;
using Baton.Credentials.Tests.Decryption;
using Baton.Testing.Grafana;
using Google.Protobuf;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>From the platform's request to a person who signs in: only the owners of the keys learn the password.</summary>
public sealed class AccountEncryptionTests
{
    private static readonly string[] JwkNames = ["ed25519", "rsa2048", "rsa3072", "p256", "p384", "p521"];
    private static readonly string[] AgeNames = ["x25519", "hybrid-mlkem768x25519"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public async Task Create_ForEveryKindOfKey_EachOwnerSignsInWithIt(int length)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var request = Request(new() { RandomPassword = new() { Length = length } });
        request.EncryptionConfigs.Add(JwkNames.Select(Jwk));
        request.EncryptionConfigs.Add(AgeNames.Select(Age));

        var response = (await Provisioning(rig).CreateAsync(request, new Change(), Cancellation)).Response;

        Assert.Equal(CreateAccountResponse.ResultOneofCase.Success, response.ResultCase);
        Assert.True(response.Success.IsCreateAccountResult);
        Assert.Equal("ada", response.Success.Resource.DisplayName);
        var passwords = JwkNames
            .Zip(response.EncryptedData, (name, data) => KeyOwner.Decrypt(Vectors.Entry("jwk_provider", name).GetProperty("private_jwk"), data.EncryptedBytes.Span))
            .Concat(AgeNames.Zip(
                response.EncryptedData.Skip(JwkNames.Length), (name, data) => KeyOwner.Decrypt(Vectors.Entry("age_provider", name).Text("identity"), data.EncryptedBytes.Span)))
            .Select(Encoding.UTF8.GetString)
            .ToList();
        Assert.Equal(JwkNames.Length + AgeNames.Length, passwords.Count);
        Assert.True(await rig.CanSignInAsync("ada", Assert.Single(passwords.Distinct(StringComparer.Ordinal))));
        Assert.All(response.EncryptedData, data => Assert.Equal("password", data.Name));
        Assert.DoesNotContain(passwords[0], Encoding.Latin1.GetString(response.ToByteArray()), StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Logs.Lines, line => line.Contains(passwords[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_PasswordThatSomebodyChose_IsSetAndNotSentBack()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        using var secret = ClientSecret.Parse(Vectors.Entry("client_secret_parsing", "valid").Text("secret"));
        var request = Request(EncryptedFor(secret, "Chosen by Ada 1!"));

        var response = (await Provisioning(rig, secret).CreateAsync(request, new Change(), Cancellation)).Response;

        Assert.Equal(CreateAccountResponse.ResultOneofCase.Success, response.ResultCase);
        Assert.Empty(response.EncryptedData);
        Assert.True(await rig.CanSignInAsync("ada", "Chosen by Ada 1!"));
        Assert.DoesNotContain(rig.Logs.Lines, line => line.Contains("Chosen by Ada 1!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_OneKeyCannotBeUsed_CreatesNothing()
    {
        // A password that one of its recipients cannot read could not be had again.
        await using var rig = await AccountRig.AsAdministratorAsync();
        var request = Request(new() { RandomPassword = new() { Length = 20 } });
        request.EncryptionConfigs.Add(Jwk("ed25519"));
        request.EncryptionConfigs.Add(new EncryptionConfig
        {
            JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFromUtf8(Vectors.Entry("public_key_parsing", "rsa 1024").Text("pub_key_text")) },
        });

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Provisioning(rig).CreateAsync(request, new Change(), Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, refused.Code);
        Assert.StartsWith("error: creating encryption manager failed: invalid encryption config 1: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, rig.Grafana.Requests.Count);
    }

    [Fact]
    public async Task Create_ExistsAlready_EncryptsNothing()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddUser("ada");
        var request = Request(new() { RandomPassword = new() { Length = 20 } });
        request.EncryptionConfigs.Add(Jwk("ed25519"));

        var response = (await Provisioning(rig).CreateAsync(request, new Change(), Cancellation)).Response;

        Assert.Equal(CreateAccountResponse.ResultOneofCase.AlreadyExists, response.ResultCase);
        Assert.True(response.AlreadyExists.IsCreateAccountResult);
        Assert.Equal("ada", response.AlreadyExists.Resource.DisplayName);
        Assert.Empty(response.EncryptedData);
    }

    [Fact]
    public async Task Create_WithAToken_AsksForTheNextStep()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: new FakeGrafanaOptions { SmtpEnabled = true });

        var response = (await Provisioning(rig).CreateAsync(Request(new() { NoPassword = new() }), new Change(), Cancellation)).Response;

        Assert.Equal(CreateAccountResponse.ResultOneofCase.ActionRequired, response.ResultCase);
        Assert.True(response.ActionRequired.IsCreateAccountResult);
        Assert.StartsWith("ada@example.com was invited, as Viewer of platform team", response.ActionRequired.Message, StringComparison.Ordinal);
        Assert.Null(response.ActionRequired.Resource);
        Assert.All(rig.Grafana.InviteCodes(), code => Assert.DoesNotContain(code, response.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_CannotBeReadBack_StillEncryptsThePassword()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("GET", "^/api/users/3$").Respond(500);
        var request = Request(new() { RandomPassword = new() { Length = 20 } });
        request.EncryptionConfigs.Add(Jwk("ed25519"));

        var carried = await Provisioning(rig).CreateAsync(request, new Change(), Cancellation);

        var password = KeyOwner.Decrypt(
            Vectors.Entry("jwk_provider", "ed25519").GetProperty("private_jwk"), Assert.Single(carried.Response.EncryptedData).EncryptedBytes.Span);
        Assert.True(await rig.CanSignInAsync("ada", Encoding.UTF8.GetString(password)));
        Assert.Contains("could not be read back", carried.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Refused_KeepsTheCodeAndSaysWhatFailed()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Provisioning(rig).CreateAsync(Request(new() { NoPassword = new() }), new Change(), Cancellation));

        Assert.Equal(
            (StatusCode.InvalidArgument, "error: create account failed: grafana-connector: unknown credential options: a Grafana account needs a password, a random or an encrypted one"),
            (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_Delivered_ThePasswordIsWiped(bool deliveryFails)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        Plaintext? handedOut = null;
        SecretBuffer? buffer = null;
        using var credential = new CredentialRequest.RandomPassword(20);

        var failure = await Record.ExceptionAsync(() => Provisioning(rig).CreateAsync(
            "user",
            AccountRig.Info(login: "ada"),
            credential,
            plaintexts =>
            {
                handedOut = Assert.Single(plaintexts);
                buffer = BufferOf(handedOut);
                Assert.DoesNotContain((byte)0, buffer.Array);
                if (deliveryFails)
                {
                    throw new IOException("the disk is full");
                }
            },
            new Change(),
            Cancellation));

        Assert.Equal(deliveryFails, failure is IOException);
        Assert.All(buffer!.Array, letter => Assert.Equal(0, letter));
        Assert.Throws<ObjectDisposedException>(() => handedOut!.Bytes.Length);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_bytes")]
    private static extern ref SecretBuffer BufferOf(Plaintext plaintext);

    private static AccountProvisioning Provisioning(AccountRig rig, ClientSecret? secret = null) => new(rig.Connect().Connector, secret, rig.Logs);

    private static CreateAccountRequest Request(CredentialOptions options)
        => new() { ResourceTypeId = "user", AccountInfo = AccountRig.Info(login: "ada"), CredentialOptions = options };

    private static EncryptionConfig Jwk(string name) => new()
    {
        JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFromUtf8(Vectors.Entry("jwk_provider", name).GetProperty("public_jwk").GetRawText()) },
    };

    private static EncryptionConfig Age(string name) => new() { AgeRecipientConfig = new() { Recipient = Vectors.Entry("age_provider", name).Text("recipient") } };

    private static CredentialOptions EncryptedFor(ClientSecret secret, string password)
    {
        var jwk = $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(secret.PublicKey)}}"}""";
        var config = new EncryptionConfig { JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFromUtf8(jwk) } };
        using var plaintext = Plaintext.FromText("password", password);
        return new() { EncryptedPassword = new() { EncryptedPasswords = { CredentialEncryption.Parse([config]).Encrypt([plaintext]) } } };
    }
}
