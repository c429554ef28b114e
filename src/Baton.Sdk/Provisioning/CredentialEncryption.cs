using Baton.Credentials;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;
using Grpc.Core;

namespace Baton.Sdk.Provisioning;

/// <summary>
/// Those who asked for what a connector makes. Made before the connector is called: an account whose password nobody can read is worse
/// than none.
/// </summary>
internal sealed class CredentialEncryption
{
    private readonly IReadOnlyList<IEncryptionRecipient> _recipients;
    private readonly IEntropy _entropy;

    private CredentialEncryption(IReadOnlyList<IEncryptionRecipient> recipients, IEntropy entropy)
    {
        _recipients = recipients;
        _entropy = entropy;
    }

    /// <param name="configs">May be empty: then nothing is encrypted, and plaintexts are dropped.</param>
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: what is wrong with the first that cannot be used.</exception>
    public static CredentialEncryption Parse(IReadOnlyList<EncryptionConfig> configs) => Parse(configs, SystemEntropy.Instance);

    public static CredentialEncryption Parse(IReadOnlyList<EncryptionConfig> configs, IEntropy entropy)
    {
        var recipients = new List<IEncryptionRecipient>();
        foreach (var config in configs)
        {
            try
            {
                recipients.Add(Recipient(config));
            }
            catch (CredentialException wrong)
            {
                throw new ConnectorException(StatusCode.InvalidArgument, $"invalid encryption config {recipients.Count}: {wrong.Message}");
            }
        }

        return new(recipients, entropy);
    }

    /// <summary>Each plaintext for each recipient: all of the first plaintext's, then all of the second's.</summary>
    public IReadOnlyList<EncryptedData> Encrypt(IReadOnlyList<Plaintext> plaintexts)
        => [.. plaintexts.SelectMany(plaintext => _recipients.Select(recipient => Encrypt(plaintext, recipient)))];

    private static IEncryptionRecipient Recipient(EncryptionConfig config)
    {
        var name = config.Provider.Trim().ToLowerInvariant();
        return (name, config.ConfigCase) switch
        {
            (JwkRecipient.ProviderName or JwkRecipient.ProviderName + "/private" or "", EncryptionConfig.ConfigOneofCase.JwkPublicKeyConfig)
                => JwkRecipient.Parse(config.JwkPublicKeyConfig.PubKey.Span),
            (AgeProviderRecipient.ProviderName or "", EncryptionConfig.ConfigOneofCase.AgeRecipientConfig)
                => AgeProviderRecipient.Parse(config.AgeRecipientConfig.Recipient),
            (JwkRecipient.ProviderName or JwkRecipient.ProviderName + "/private", _) => throw Invalid("jwk: public key configuration is required"),
            (AgeProviderRecipient.ProviderName, _) => throw Invalid("age: age recipient config is required"),
            ("", _) => throw Invalid("crypto/providers: encryption provider not registered"),
            _ => throw Invalid($"crypto/providers: encryption provider not registered ({name})"),
        };
    }

    private static CredentialException Invalid(string message) => new(message);

    private EncryptedData Encrypt(Plaintext plaintext, IEncryptionRecipient recipient)
    {
        var encrypted = new EncryptedData
        {
            Provider = recipient.Provider,
            Name = plaintext.Name,
            Description = plaintext.Description,
            Schema = plaintext.Schema ?? "",
            EncryptedBytes = UnsafeByteOperations.UnsafeWrap(recipient.Encrypt(plaintext.Bytes, _entropy)),
            KeyIds = { recipient.KeyId },
        };

#pragma warning disable CS0612 // Readers from before key_ids look here.
        encrypted.KeyId = recipient.HasLegacyKeyId ? recipient.KeyId : "";
#pragma warning restore CS0612
        return encrypted;
    }
}
