using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials.Age;

/// <summary>
/// The X-Wing key encapsulation (draft-connolly-cfrg-xwing-kem): ML-KEM-768 and X25519 side by side, so that both have to be broken.
/// </summary>
internal static class XWing
{
    public const int PublicKeySize = MlKemPublicSize + X25519.PointSize;
    public const int EncapsulationSize = MlKemEncapsulationSize + X25519.PointSize;
    public const int SecretSize = 32;

    public const int MlKemEncapsulationSize = 1088;

    private const int MlKemPublicSize = 1184;

    // The draft's label: \./ over /^\, an X-wing.
    private static ReadOnlySpan<byte> Label => @"\.//^\"u8;

    /// <summary>Both halves are what they should be, ML-KEM's as FIPS 203, section 7.2, demands.</summary>
    public static bool IsValid(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeySize || !X25519Recipient.IsValid(publicKey[MlKemPublicSize..]))
        {
            return false;
        }

        try
        {
            LatticeHalf(publicKey);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Agrees on a new secret with whoever has the private key, to whom the encapsulation is sent.</summary>
    public static SecretBuffer Encapsulate(ReadOnlySpan<byte> publicKey, IEntropy entropy, Span<byte> encapsulation)
    {
        using var lattice = new SecretBuffer(SecretSize);
        var encapsulator = new MLKemEncapsulator(MLKemParameters.ml_kem_768);
        encapsulator.Init(new ParametersWithRandom(LatticeHalf(publicKey), SystemEntropy.Random));
        encapsulator.Encapsulate(encapsulation[..MlKemEncapsulationSize], lattice.Span);

        using var scalar = new SecretBuffer(X25519.ScalarSize);
        entropy.Fill(scalar.Span);
        var ephemeral = encapsulation[MlKemEncapsulationSize..];
        X25519.ScalarMultBase(scalar.Span, ephemeral);
        using var curve = new SecretBuffer(X25519.PointSize);
        X25519.CalculateAgreement(scalar.Span, publicKey[MlKemPublicSize..], curve.Span);
        return Combine(lattice.Span, curve.Span, ephemeral, publicKey[MlKemPublicSize..]);
    }

    /// <summary>What both sides compute.</summary>
    public static SecretBuffer Combine(ReadOnlySpan<byte> lattice, ReadOnlySpan<byte> curve, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> recipient)
    {
        var digest = new Sha3Digest(256);
        digest.BlockUpdate(lattice);
        digest.BlockUpdate(curve);
        digest.BlockUpdate(ephemeral);
        digest.BlockUpdate(recipient);
        digest.BlockUpdate(Label);
        var secret = new SecretBuffer(SecretSize);
        digest.DoFinal(secret.Span);
        return secret;
    }

    private static MLKemPublicKeyParameters LatticeHalf(ReadOnlySpan<byte> publicKey)
        => MLKemPublicKeyParameters.FromEncoding(MLKemParameters.ml_kem_768, publicKey[..MlKemPublicSize].ToArray());
}
