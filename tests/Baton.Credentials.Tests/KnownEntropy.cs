using System.Security.Cryptography;

namespace Baton.Credentials.Tests;

/// <summary>The random values that the vectors were made with, in the order in which they are drawn.</summary>
internal sealed class KnownEntropy(params byte[][] draws) : IEntropy
{
    private readonly Queue<byte[]> _draws = new(draws);

    public ECParameters? Key { get; init; }

    public void Fill(Span<byte> bytes)
    {
        var draw = _draws.Dequeue();
        Assert.Equal(draw.Length, bytes.Length);
        draw.CopyTo(bytes);
    }

    public ECDiffieHellman CreateKey(ECCurve curve)
    {
        var key = Assert.NotNull(Key);
        Assert.Equal(curve.Oid.FriendlyName, key.Curve.Oid.FriendlyName);
        return ECDiffieHellman.Create(key);
    }
}
