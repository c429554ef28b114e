using System.Text;

namespace Baton.C1z.Reading;

/// <summary>
/// One string for a text that is read again and again, such as the id of a type or of an entitlement. Each text has one place, which the
/// next one with that place takes over: memory does not grow. Used under the lock of the file.
/// </summary>
internal sealed class RepeatedText
{
    private const int Places = 1024;

    // What is longer is rarely repeated, and would be kept for long.
    private const int MostBytes = 256;

    private readonly (byte[] Bytes, string Text)[] _known = new (byte[], string)[Places];

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MostBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var place = ref _known[(uint)hash.ToHashCode() % Places];
        if (!utf8.SequenceEqual(place.Bytes))
        {
            place = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return place.Text;
    }
}
