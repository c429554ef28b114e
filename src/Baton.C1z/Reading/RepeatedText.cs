using System.Text;

namespace Baton.C1z.Reading;

/// <summary>One string for a text that is read again and again, such as the id of a type. Used under the lock of the file.</summary>
internal sealed class RepeatedText
{
    private const int Most = 64;

    private readonly List<(byte[] Bytes, string Text)> _known = [];

    public string Of(ReadOnlySpan<byte> utf8)
    {
        foreach (var (bytes, text) in _known)
        {
            if (utf8.SequenceEqual(bytes))
            {
                return text;
            }
        }

        var decoded = Encoding.UTF8.GetString(utf8);
        if (_known.Count < Most)
        {
            _known.Add((utf8.ToArray(), decoded));
        }

        return decoded;
    }
}
