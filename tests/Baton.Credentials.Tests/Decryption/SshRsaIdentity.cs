using System.Text.Json;
using Baton.Credentials.Age;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace Baton.Credentials.Tests.Decryption;

internal sealed class SshRsaIdentity(JsonElement privateJwk) : IAgeIdentity
{
    public SecretBuffer? Unwrap(AgeStanza stanza)
    {
        var wire = SshWire.Encode("ssh-rsa"u8.ToArray(), SshWire.Number(KeyOwner.Member(privateJwk, "e")), SshWire.Number(KeyOwner.Member(privateJwk, "n")));
        if (stanza.Type != SshRsaRecipient.StanzaType || stanza.Arguments is not [var tag] || tag != SshWire.Tag(wire))
        {
            return null;
        }

        try
        {
            var cipher = SshRsaRecipient.Cipher();
            cipher.Init(forEncryption: false, new RsaPrivateCrtKeyParameters(
                Number("n"), Number("e"), Number("d"), Number("p"), Number("q"), Number("dp"), Number("dq"), Number("qi")));
            return new(cipher.ProcessBlock(stanza.Body, 0, stanza.Body.Length));
        }
        catch (InvalidCipherTextException damaged)
        {
            throw new DecryptionException("RSA-OAEP", damaged);
        }
    }

    private BigInteger Number(string member) => new(1, KeyOwner.Member(privateJwk, member));
}
