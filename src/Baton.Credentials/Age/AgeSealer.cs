namespace Baton.Credentials.Age;

/// <summary>An age file for one recipient.</summary>
internal sealed class AgeSealer(IAgeRecipient recipient) : ISealer
{
    public byte[] Seal(ReadOnlySpan<byte> plaintext, IEntropy entropy) => AgeFile.Encrypt(plaintext, recipient, entropy);
}
