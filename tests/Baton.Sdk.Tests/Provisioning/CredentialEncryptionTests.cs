using System.Text;
using Baton.Credentials.Tests;
using Baton.Credentials.Tests.Decryption;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Google.Protobuf;
using Grpc.Core;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class CredentialEncryptionTests
{
    private const string Section = "provider_resolution";

    public static TheoryData<string> Names() => Vectors.Names(Section);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_ConfigOfTheVectors_ResolvesOrRefusesAsUpstreamsValidation(string name)
    {
        var expected = Vectors.Entry(Section, name);
        var config = JsonParser.Default.Parse<EncryptionConfig>(expected.GetProperty("config").GetRawText());
        if (expected.ErrorText("validate_error") is { } error)
        {
            Refused(error.Replace("rpc error: code = InvalidArgument desc = ", "", StringComparison.Ordinal), config);
            return;
        }

        using var password = new Plaintext("password", "hunter2"u8);

        var encrypted = Assert.Single(CredentialEncryption.Parse([config]).Encrypt([password]));

        Assert.Equal(expected.Text("output_provider"), encrypted.Provider);
    }

    [Fact]
    public void Encrypt_SeveralPlaintextsAndRecipients_GoesByPlaintext()
    {
        var encryption = CredentialEncryption.Parse([Jwk("p256"), Age("x25519"), Jwk("ed25519")]);
        using var password = new Plaintext("password", "hunter2"u8) { Description = "the first one" };
        using var token = new Plaintext("token", "{}"u8) { Schema = "api_key_v2" };

        var encrypted = encryption.Encrypt([password, token]);

        Assert.Equal(["password", "password", "password", "token", "token", "token"], encrypted.Select(data => data.Name).ToArray());
        Assert.Equal(["the first one", "the first one", "the first one", "", "", ""], encrypted.Select(data => data.Description).ToArray());
        Assert.Equal(["", "", "", "api_key_v2", "api_key_v2", "api_key_v2"], encrypted.Select(data => data.Schema).ToArray());
        Assert.Equal(
            [JwkId("p256"), AgeId("x25519"), JwkId("ed25519"), JwkId("p256"), AgeId("x25519"), JwkId("ed25519")],
            encrypted.Select(data => Assert.Single(data.KeyIds)).ToArray());
        Assert.Equal("hunter2"u8, KeyOwner.Decrypt(Vectors.Entry("jwk_provider", "p256").GetProperty("private_jwk"), encrypted[0].EncryptedBytes.Span));
        Assert.Equal("{}"u8, KeyOwner.Decrypt(Vectors.Entry("age_provider", "x25519").Text("identity"), encrypted[4].EncryptedBytes.Span));
    }

    [Fact]
    public void Encrypt_LegacyKeyId_IsWrittenForJwkOnly()
    {
        using var password = new Plaintext("password", "hunter2"u8);

        var encrypted = CredentialEncryption.Parse([Jwk("ed25519"), Age("x25519")]).Encrypt([password]);

#pragma warning disable CS0612
        Assert.Equal([JwkId("ed25519"), ""], encrypted.Select(data => data.KeyId).ToArray());
#pragma warning restore CS0612
    }

    [Fact]
    public void Encrypt_NobodyAsked_GivesNothing()
    {
        using var password = new Plaintext("password", "hunter2"u8);

        Assert.Empty(CredentialEncryption.Parse([]).Encrypt([password]));
    }

    [Fact]
    public void Parse_SecondConfigIsWrong_NamesIt()
        => Refused("invalid encryption config 1: age: invalid recipient", Jwk("ed25519"), new EncryptionConfig { AgeRecipientConfig = new() { Recipient = "me" } });

    // Upstream notices only once the account is there.
    [Theory]
    [InlineData("rsa 1024", "invalid encryption config 0: jwk-rsa: failed to create recipient: RSA key size is too small")]
    [InlineData("ed25519 x too short", "invalid encryption config 0: jwk-ed25519: failed to create recipient: x is not the 32 bytes of an Ed25519 public key")]
    public void Parse_KeyThatCannotBeUsed_IsRefusedBeforeItIs(string name, string message)
        => Refused(message, Jwk(Encoding.UTF8.GetBytes(Vectors.Entry("public_key_parsing", name).Text("pub_key_text"))));

    private static void Refused(string message, params EncryptionConfig[] configs)
    {
        var refused = Assert.Throws<ConnectorException>(() => CredentialEncryption.Parse(configs));
        Assert.Equal((StatusCode.InvalidArgument, message), (refused.Code, refused.Message));
    }

    private static EncryptionConfig Jwk(string name)
        => Jwk(Encoding.UTF8.GetBytes(Vectors.Entry("jwk_provider", name).GetProperty("public_jwk").GetRawText()));

    private static EncryptionConfig Jwk(byte[] json) => new() { JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFrom(json) } };

    private static EncryptionConfig Age(string name)
        => new() { AgeRecipientConfig = new() { Recipient = Vectors.Entry("age_provider", name).Text("recipient") } };

    private static string JwkId(string name) => Vectors.Entry("jwk_provider", name).Text("key_id");

    private static string AgeId(string name) => Vectors.Entry("age_provider", name).Text("key_id_sha256_of_recipient_text");
}
