namespace Baton.Credentials;

/// <summary>A key, a client id or a client secret cannot be used. The message says why, and shows no part of a secret.</summary>
public sealed class CredentialException(string message, Exception? inner = null) : Exception(message, inner);
