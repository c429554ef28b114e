namespace Baton.Credentials.Age;

/// <summary>A public key that a file is encrypted to.</summary>
internal interface IAgeRecipient
{
    AgeStanza Wrap(ReadOnlySpan<byte> fileKey, IEntropy entropy);
}
