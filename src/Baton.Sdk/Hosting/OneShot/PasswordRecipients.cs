using Baton.Configuration;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Google.Protobuf;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Those who are to read the password of a new account, each by a public key.</summary>
internal static class PasswordRecipients
{
    private const string Setting = "create-account-recipient";
    private const int LongestKey = 64 * 1024;

    /// <summary>From age recipients, as <c>age1…</c>, and the paths of files with a JWK.</summary>
    /// <exception cref="ConfigurationException">One is neither. What looks like a secret key is not shown.</exception>
    public static IReadOnlyList<EncryptionConfig> Read(IReadOnlyList<string> recipients, string workingDirectory)
        => [.. recipients.Select(recipient => Checked(recipient, Read(recipient, workingDirectory)))];

    private static EncryptionConfig Checked(string recipient, EncryptionConfig config)
    {
        try
        {
            CredentialEncryption.Parse([config]);
            return config;
        }
        catch (ConnectorException refusal)
        {
            throw new ConfigurationException($"{Setting}: {recipient}: {refusal.Message.Replace("invalid encryption config 0: ", "", StringComparison.Ordinal)}", refusal);
        }
    }

    private static EncryptionConfig Read(string recipient, string workingDirectory)
    {
        if (recipient.StartsWith("age1", StringComparison.Ordinal))
        {
            return new() { AgeRecipientConfig = new() { Recipient = recipient } };
        }

        if (recipient.StartsWith("AGE-", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConfigurationException($"{Setting}: that is a secret key, which belongs nowhere but to its owner; give the recipient that belongs to it, age1… (age-keygen -y prints it)");
        }

        try
        {
            var file = new FileInfo(Path.GetFullPath(recipient, workingDirectory));
            return file.Length <= LongestKey
                ? new() { JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFrom(File.ReadAllBytes(file.FullName)) } }
                : throw new ConfigurationException($"{Setting}: {recipient} is too large for a JWK");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException($"{Setting}: neither an age recipient (age1…) nor a file with a JWK that can be read: {recipient}", refusal);
        }
    }
}
