using System.Security.Cryptography;

namespace Baton.Credentials.Jose;

/// <summary>A curve of RFC 7518, section 6.2.1.1.</summary>
/// <param name="Name">As in <c>crv</c>.</param>
/// <param name="Curve">To the base library.</param>
/// <param name="CoordinateSize">In bytes.</param>
internal sealed record EllipticCurve(string Name, ECCurve Curve, int CoordinateSize)
{
    private static readonly EllipticCurve[] All =
    [
        new("P-256", ECCurve.NamedCurves.nistP256, 32),
        new("P-384", ECCurve.NamedCurves.nistP384, 48),
        new("P-521", ECCurve.NamedCurves.nistP521, 66),
    ];

    public static EllipticCurve? Find(string? name) => Array.Find(All, curve => curve.Name == name);

    /// <summary>A number in as many bytes as the curve has; null when it does not fit.</summary>
    public byte[]? Pad(ReadOnlySpan<byte> number)
    {
        var digits = number.TrimStart((byte)0);
        return digits.Length <= CoordinateSize ? [.. new byte[CoordinateSize - digits.Length], .. digits] : null;
    }
}
