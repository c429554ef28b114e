namespace Baton.Credentials;

/// <summary>What should be decrypted is damaged, or was encrypted to somebody else. The message shows neither keys nor plaintext.</summary>
public sealed class DecryptionException(string message, Exception? inner = null) : Exception(message, inner);
