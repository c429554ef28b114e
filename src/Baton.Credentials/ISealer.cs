namespace Baton.Credentials;

/// <summary>A file format together with the key of who is to read it.</summary>
internal interface ISealer
{
    byte[] Seal(ReadOnlySpan<byte> plaintext, IEntropy entropy);
}
