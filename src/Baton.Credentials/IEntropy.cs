using System.Security.Cryptography;

namespace Baton.Credentials;

/// <summary>Where keys and nonces come from. With known ones, a ciphertext can be compared byte for byte.</summary>
public interface IEntropy
{
    void Fill(Span<byte> bytes);

    ECDiffieHellman CreateKey(ECCurve curve);
}
