using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;

namespace Baton.Credentials;

/// <summary>The operating system's randomness.</summary>
public sealed class SystemEntropy : IEntropy
{
    private SystemEntropy()
    {
    }

    public static SystemEntropy Instance { get; } = new();

    /// <summary>The same, for algorithms that take it in this shape.</summary>
    public static SecureRandom Random { get; } = new(new CryptoApiRandomGenerator());

    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);

    public ECDiffieHellman CreateKey(ECCurve curve) => ECDiffieHellman.Create(curve);
}
