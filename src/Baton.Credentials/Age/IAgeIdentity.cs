
namespace Baton.Credentials.Age;

/// <summary>A private key that opens a file.</summary>
internal interface IAgeIdentity
{
    /// <summary>The file key; null when the stanza is not for this identity.</summary>
    /// <exception cref="DecryptionException">It is, but does not open.</exception>
    SecretBuffer? Unwrap(AgeStanza stanza);
}
