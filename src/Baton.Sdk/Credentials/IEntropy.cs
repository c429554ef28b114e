using System.Security.Cryptography;

namespace Baton.Sdk.Credentials;

/// <summary>Where keys and nonces come from. With known ones, a ciphertext can be compared byte for byte.</summary>
internal interface IEntropy
{
    void Fill(Span<byte> bytes);

    ECDiffieHellman CreateKey(ECCurve curve);
}
