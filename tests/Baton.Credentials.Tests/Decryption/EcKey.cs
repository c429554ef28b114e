using System.Security.Cryptography;
using System.Text.Json;
using Baton.Credentials.Jose;

namespace Baton.Credentials.Tests.Decryption;

internal static class EcKey
{
    public static ECParameters Import(JsonElement privateJwk) => new()
    {
        Curve = EllipticCurve.Find(privateJwk.Text("crv"))!.Curve,
        Q = new() { X = KeyOwner.Member(privateJwk, "x"), Y = KeyOwner.Member(privateJwk, "y") },
        D = KeyOwner.Member(privateJwk, "d"),
    };
}
