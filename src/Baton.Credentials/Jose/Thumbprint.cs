using System.Security.Cryptography;
using System.Text;

namespace Baton.Credentials.Jose;

/// <summary>
/// The id of a key: the SHA-256 that RFC 7638 defines, of the members that make the key, in alphabetical order. The platform writes it in
/// hexadecimal, where the RFC has base64url.
/// </summary>
internal static class Thumbprint
{
    public static string OfEd25519(string x) => Of($$"""{"crv":"Ed25519","kty":"OKP","x":"{{x}}"}""");

    public static string OfEllipticCurve(string curve, string x, string y) => Of($$"""{"crv":"{{curve}}","kty":"EC","x":"{{x}}","y":"{{y}}"}""");

    public static string OfRsa(string modulus, string exponent) => Of($$"""{"e":"{{exponent}}","kty":"RSA","n":"{{modulus}}"}""");

    private static string Of(string members) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(members)));
}
