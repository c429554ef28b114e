using System.Security.Cryptography;
using System.Text;
using Baton.Credentials.Age;

namespace Baton.Credentials;

/// <summary><c>baton/age/v1</c>: one recipient as age writes it, which gets a plain age file.</summary>
public sealed class AgeProviderRecipient : IEncryptionRecipient
{
    public const string ProviderName = "baton/age/v1";

    private AgeProviderRecipient(string text, IAgeRecipient recipient)
    {
        KeyId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Recipient = recipient;
        Text = text;
    }

    public string Provider => ProviderName;

    /// <summary>Of the text, not of the key.</summary>
    public string KeyId { get; }

    /// <summary>As age writes it.</summary>
    public string Text { get; }

    internal IAgeRecipient Recipient { get; }

    public bool HasLegacyKeyId => false;

    /// <exception cref="CredentialException">It is no recipient. The message does not show it: it may be a secret key, pasted by mistake.</exception>
    public static AgeProviderRecipient Parse(string text)
    {
        if (text.Length == 0)
        {
            throw Invalid("age: recipient is required");
        }

        if (text != text.Trim() || text.AsSpan().ContainsAny('\r', '\n'))
        {
            throw Invalid("age: recipient must be a single canonical recipient string");
        }

        if (Bech32.Decode("age", text) is { } point && X25519Recipient.IsValid(point))
        {
            return new(text, new X25519Recipient(point));
        }

        return Bech32.Decode("age1pq", text) is { } hybrid && XWing.IsValid(hybrid)
            ? new(text, new HybridRecipient(hybrid))
            : throw Invalid("age: invalid recipient");
    }

    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, IEntropy entropy) => AgeFile.Encrypt(plaintext, Recipient, entropy);

    private static CredentialException Invalid(string message) => new(message);
}
