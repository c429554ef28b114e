using System.Security.Cryptography;
using System.Text;

namespace Baton.Credentials.Age;

/// <summary>The text at the beginning of an age file: the file key, wrapped for each recipient, and a MAC over it all.</summary>
internal sealed class AgeHeader
{
    private const string Version = "age-encryption.org/v1";
    private const int LineLength = 64;
    private const int MacSize = 32;

    private AgeHeader(IReadOnlyList<AgeStanza> stanzas, byte[] authenticated, byte[] mac, int length)
    {
        Stanzas = stanzas;
        Authenticated = authenticated;
        Mac = mac;
        Length = length;
    }

    public IReadOnlyList<AgeStanza> Stanzas { get; }

    /// <summary>The bytes before the payload.</summary>
    public int Length { get; }

    private byte[] Authenticated { get; }

    private byte[] Mac { get; }

    public static byte[] Write(IReadOnlyList<AgeStanza> stanzas, ReadOnlySpan<byte> fileKey)
    {
        var text = new StringBuilder(Version).Append('\n');
        foreach (var stanza in stanzas)
        {
            text.Append("-> ").AppendJoin(' ', [stanza.Type, .. stanza.Arguments]).Append('\n');
            var body = AgeBase64.Encode(stanza.Body);

            // The last line is shorter than the others, if need be empty: so a reader knows it.
            for (var start = 0; start <= body.Length; start += LineLength)
            {
                text.Append(body, start, Math.Min(LineLength, body.Length - start)).Append('\n');
            }
        }

        text.Append("---");
        var mac = ComputeMac(fileKey, Encoding.ASCII.GetBytes(text.ToString()));
        return Encoding.ASCII.GetBytes(text.Append(' ').Append(AgeBase64.Encode(mac)).Append('\n').ToString());
    }

    /// <exception cref="DecryptionException">The file does not begin with a header.</exception>
    public static AgeHeader Parse(ReadOnlySpan<byte> file)
    {
        var lines = new AgeHeaderLines(file);
        if (file.IsEmpty)
        {
            throw new DecryptionException("parsing age header: file is empty");
        }

        if (lines.Next() != Version)
        {
            throw new DecryptionException($"parsing age header: the first line is not {Version}");
        }

        var stanzas = new List<AgeStanza>();
        while (true)
        {
            var start = lines.Position;
            var line = lines.Next();
            if (line.StartsWith("-> ", StringComparison.Ordinal))
            {
                stanzas.Add(ParseStanza(line, ref lines));
            }
            else
            {
                return line.StartsWith("--- ", StringComparison.Ordinal) && AgeBase64.Decode(line[4..]) is { Length: MacSize } mac && stanzas.Count > 0
                    ? new(stanzas, file[..(start + 3)].ToArray(), mac, lines.Position)
                    : throw new DecryptionException("parsing age header: malformed closing line");
            }
        }
    }

    public bool IsAuthentic(ReadOnlySpan<byte> fileKey) => CryptographicOperations.FixedTimeEquals(ComputeMac(fileKey, Authenticated), Mac);

    private static AgeStanza ParseStanza(string line, ref AgeHeaderLines lines)
    {
        var words = line[3..].Split(' ');
        if (Array.Exists(words, word => word.Length == 0 || word.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            throw new DecryptionException("parsing age header: malformed stanza");
        }

        var body = new StringBuilder();
        string part;
        do
        {
            part = lines.Next();
            body.Append(part);
        }
        while (part.Length == LineLength);

        return part.Length < LineLength
            ? new(words[0], words[1..], AgeBase64.Decode(body.ToString()))
            : throw new DecryptionException("parsing age header: a line is too long");
    }

    private static byte[] ComputeMac(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> authenticated)
    {
        using var key = new SecretBuffer(MacSize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, key.Span, salt: [], info: "header"u8);
        return HMACSHA256.HashData(key.Span, authenticated);
    }
}
