using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Credentials;
using Baton.Credentials.Tests;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using CsCheck;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Sdk.Tests.Provisioning;

public sealed partial class CredentialOptionsConversionTests
{
    private const string Section = "convert_credential_options";

    public static TheoryData<string> Names() => Vectors.Names(Section);

    public static TheoryData<string> Failures()
        => [.. Vectors.Section("decrypt_failures").EnumerateArray().Where(entry => entry.Text("key") == "ed25519").Select(entry => entry.Text("name"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Convert_OptionsOfTheVectors_GivesWhatUpstreamGives(string name)
    {
        var expected = Vectors.Entry(Section, name);
        var given = expected.GetProperty("credential_options");
        var options = given.ValueKind == JsonValueKind.Null ? null : JsonParser.Default.Parse<CredentialOptions>(given.GetRawText());
        EncryptionConfig[] configs = [.. Enumerable.Range(0, expected.GetProperty("encryption_config_count").GetInt32()).Select(_ => new EncryptionConfig())];
        using var secret = ClientSecret.Parse(Vectors.Entry("client_secret_parsing", "valid").Text("secret"));
        var conversion = new CredentialOptionsConversion(expected.GetProperty("has_client_secret").GetBoolean() ? secret : null, NullLogger.Instance);
        if (expected.ErrorText("error") is { } error)
        {
            var refused = Assert.Throws<ConnectorException>(() => conversion.Convert(options, configs));
            Assert.Equal(Enum.Parse<StatusCode>(expected.GetProperty("error").Text("grpc_code")), refused.Code);
            // What Go writes around a wrapped status is left out, and base64 is found wrong in other words.
            Assert.StartsWith(
                GoStatus().Replace(error, "").Split("illegal base64")[0],
                refused.Message,
                StringComparison.Ordinal);
            return;
        }

        using var request = conversion.Convert(options, configs);

        Assert.Equal(Local(expected.GetProperty("local_credential_options")) ?? new(), Local(request));
    }

    [Fact]
    public void Convert_PasswordForAKeyWithAName_IsFoundByTheName()
    {
        using var secret = ClientSecret.Parse(Vectors.Entry("client_secret_parsing", "valid with kid").Text("secret"));
        var options = EncryptedFor(secret, "hunter2"u8.ToArray());
        Assert.Throws<ConnectorException>(() => new CredentialOptionsConversion(secret, NullLogger.Instance).Convert(options, []));

        options.EncryptedPassword.EncryptedPasswords[0].KeyIds[0] = "my-kid";
        using var request = new CredentialOptionsConversion(secret, NullLogger.Instance).Convert(options, []);

        Assert.Equal("hunter2"u8, Assert.IsType<CredentialRequest.GivenPassword>(request).Password.Bytes);
    }

    [Fact]
    public void Convert_AnyPasswordForAnyKey_IsGivenToTheConnector()
        => Gen.Select(Gen.Byte.Array[32], Gen.String).Sample(
            (seed, password) =>
            {
                using var secret = Keys.Secret(Keys.Ed25519(seed));
                var options = EncryptedFor(secret, Encoding.UTF8.GetBytes(password));
                options.ForceChangeAtNextLogin = true;

                using var request = new CredentialOptionsConversion(secret, NullLogger.Instance).Convert(options, []);

                Assert.True(request.ForceChangeAtNextLogin);
                using var created = request.CreatePassword();
                Assert.Equal(Encoding.UTF8.GetBytes(password), created.Bytes);
            },
            iter: 20);

    [Theory]
    [MemberData(nameof(Failures))]
    public void Convert_DamagedPasswordOfTheVectors_IsAnInternalErrorInOneLine(string name)
    {
        using var secret = Keys.Secret(Vectors.Entry("jwk_provider", "ed25519").GetProperty("private_jwk"));
        var options = EncryptedFor(secret, []);
        options.EncryptedPassword.EncryptedPasswords[0].EncryptedBytes
            = ByteString.CopyFromUtf8(Vectors.Entry("decrypt_failures", name).Text("encrypted_bytes_text"));

        var refused = Assert.Throws<ConnectorException>(() => new CredentialOptionsConversion(secret, NullLogger.Instance).Convert(options, []));

        Assert.Equal(StatusCode.Internal, refused.Code);
        Assert.StartsWith("convert-credential-options: error decrypting password: error decrypting password: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Convert_PasswordsForOthers_AreLoggedByTheirKeyIds()
    {
        using var secret = ClientSecret.Parse(Vectors.Entry("client_secret_parsing", "valid").Text("secret"));
        var options = EncryptedFor(secret, "hunter2"u8.ToArray());
        options.EncryptedPassword.EncryptedPasswords[0].KeyIds.Insert(0, "another");
        var log = new CollectedLog();

        using var request = new CredentialOptionsConversion(secret, log).Convert(options, []);

        var (message, fields) = Assert.Single(log.Lines);
        Assert.Equal("convert-credential-options: key id does not match client secret key id", message);
        Assert.Equal("another", fields["keyId"]);
        Assert.Equal(secret.KeyId, fields["clientSecretKeyID"]);
    }

    // Only the first that matches is tried: a later one may be from somebody who should not be listened to.
    [Fact]
    public void Convert_FirstMatchDoesNotDecrypt_DoesNotTryTheNext()
    {
        using var secret = Keys.Secret(Keys.Ed25519(RandomNumberGenerator.GetBytes(32)));
        var options = EncryptedFor(secret, "hunter2"u8.ToArray());
        var damaged = options.EncryptedPassword.EncryptedPasswords[0].Clone();
        damaged.EncryptedBytes = ByteString.Empty;
        options.EncryptedPassword.EncryptedPasswords.Insert(0, damaged);

        Assert.Equal(
            StatusCode.Internal,
            Assert.Throws<ConnectorException>(() => new CredentialOptionsConversion(secret, NullLogger.Instance).Convert(options, [])).Code);
    }

    private static CredentialOptions EncryptedFor(ClientSecret secret, byte[] password)
    {
        var jwk = $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(secret.PublicKey)}}"}""";
        var config = new EncryptionConfig { JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFromUtf8(jwk) } };
        using var plaintext = new Plaintext("password", password);
        return new() { EncryptedPassword = new() { EncryptedPasswords = { CredentialEncryption.Parse([config]).Encrypt([plaintext]) } } };
    }

    private static LocalCredentialOptions? Local(JsonElement json)
        => json.ValueKind == JsonValueKind.Null ? null : JsonParser.Default.Parse<LocalCredentialOptions>(json.GetRawText());

    // Upstream's message of the same meaning, in which nothing said is null and no arm is empty: to a connector both are the same.
    private static LocalCredentialOptions Local(CredentialRequest request)
    {
        var local = new LocalCredentialOptions { ForceChangeAtNextLogin = request.ForceChangeAtNextLogin };
        switch (request)
        {
            case CredentialRequest.RandomPassword random:
                local.RandomPassword = new() { Length = random.Length, Constraints = { random.Constraints } };
                break;
            case CredentialRequest.GivenPassword given:
                local.PlaintextPassword = new() { PlaintextPassword_ = Encoding.UTF8.GetString(given.Password.Bytes) };
                break;
            case CredentialRequest.NoPassword:
                local.NoPassword = new();
                break;
            case CredentialRequest.SingleSignOn sso:
                local.Sso = new() { SsoProvider = sso.Provider };
                break;
        }

        return local;
    }

    [GeneratedRegex(@"rpc error: code = \w+ desc = ")]
    private static partial Regex GoStatus();
}
