using System.Buffers;
using System.Buffers.Text;
using Baton.Credentials;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.Collections;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Options = Baton.Protocol.Connector.V2.CredentialOptions;

namespace Baton.Sdk.Provisioning;

/// <summary>From what the platform asks for to what the connector is asked for: an encrypted password becomes a plain one on the way.</summary>
/// <param name="clientSecret">The key that passwords are encrypted to. Only a connector in service mode has one.</param>
internal sealed partial class CredentialOptionsConversion(ClientSecret? clientSecret, ILogger logger)
{
    /// <summary>The caller disposes of what it gets, which may be a password.</summary>
    /// <exception cref="ConnectorException">
    /// <c>InvalidArgument</c>: the options make no sense, or nothing in them is for this connector. <c>Internal</c>: a password does not
    /// decrypt.
    /// </exception>
    public CredentialRequest Convert(Options? options, IReadOnlyCollection<EncryptionConfig> encryptionConfigs)
    {
        if (options is null)
        {
            return new CredentialRequest.None();
        }

        CredentialRequest request = options.OptionsCase switch
        {
            Options.OptionsOneofCase.RandomPassword => new CredentialRequest.RandomPassword(options.RandomPassword.Length)
            {
                Constraints = [.. options.RandomPassword.Constraints],
            },
            Options.OptionsOneofCase.NoPassword => new CredentialRequest.NoPassword(),
            Options.OptionsOneofCase.Sso => new CredentialRequest.SingleSignOn(options.Sso.SsoProvider),
            Options.OptionsOneofCase.EncryptedPassword => Decrypt(options.EncryptedPassword.EncryptedPasswords, encryptionConfigs),
            _ => throw Invalid("invalid credential options"),
        };
        return request with { ForceChangeAtNextLogin = options.ForceChangeAtNextLogin };
    }

    private static ConnectorException Invalid(string message) => new(StatusCode.InvalidArgument, message);

    private static Plaintext Open(EncryptedData password, ClientSecret secret)
    {
        try
        {
            using var bytes = secret.Decrypt(DecodeBase64(password.EncryptedBytes.Span));
            return new("password", bytes.Span);
        }
        catch (DecryptionException damaged)
        {
            throw new ConnectorException(
                StatusCode.Internal,
                $"convert-credential-options: error decrypting password: error decrypting password: {damaged.Message}",
                damaged);
        }
    }

    private static byte[] DecodeBase64(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done
            ? bytes[..written]
            : throw new DecryptionException("jwk: failed to decode encrypted bytes: they are not base64");
    }

    private CredentialRequest Decrypt(RepeatedField<EncryptedData> passwords, IReadOnlyCollection<EncryptionConfig> encryptionConfigs)
    {
        if (passwords.Count == 0)
        {
            return new CredentialRequest.None();
        }

        // Who chose the password has no need to be told.
        if (encryptionConfigs.Count > 0)
        {
            throw Invalid("encryption configs should never be supplied for encrypted passwords");
        }

        var secret = clientSecret ?? throw Invalid("client-secret is required");
        foreach (var password in passwords)
        {
            foreach (var keyId in password.KeyIds)
            {
                if (keyId == secret.KeyId)
                {
                    return new CredentialRequest.GivenPassword(Open(password, secret));
                }

                LogOtherKey(keyId, secret.KeyId);
            }
        }

        throw Invalid($"no encrypted password matched client secret key id \"{secret.KeyId}\"");
    }

    [LoggerMessage(
        EventId = 6001,
        Level = LogLevel.Warning,
        Message = "convert-credential-options: key id does not match client secret key id")]
    private partial void LogOtherKey(string keyId, string clientSecretKeyID);
}
