namespace Baton.Credentials;

/// <summary>Somebody to encrypt a credential to.</summary>
public interface IEncryptionRecipient
{
    /// <summary>The name of the scheme, as in <c>EncryptedData.provider</c>.</summary>
    string Provider { get; }

    /// <summary>Names the key to those who have it.</summary>
    string KeyId { get; }

    /// <summary>The key id also goes where it went before there could be several.</summary>
    bool HasLegacyKeyId { get; }

    byte[] Encrypt(ReadOnlySpan<byte> plaintext, IEntropy entropy);
}
