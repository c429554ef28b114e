using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Podium.SignIn;

/// <summary>A random secret that a browser or a person carries, of which only the hash is kept here.</summary>
/// <param name="Text">Base64url.</param>
internal readonly record struct SecretToken(string Text)
{
    // Whatever is longer was not made here, and is not worth hashing.
    private const int Longest = 128;

    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    public static SecretToken New(int bits) => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bits / 8)));

    public static SecretToken? From(string? text) => text is { Length: > 0 and <= Longest } ? new SecretToken(text) : null;

    // Somebody will print it.
    public override string ToString() => nameof(SecretToken);
}
