using System.Buffers;
using System.Buffers.Binary;

namespace Baton.Cli.Diff;

/// <summary>
/// A key whose bytes are in the order in which the texts that it is made of are: by the first, then by the second, and so on. No text is
/// before an empty one. Not thread-safe.
/// </summary>
internal sealed class SortKey
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was appended. Valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public SortKey Begin()
    {
        _bytes.ResetWrittenCount();
        return this;
    }

    public SortKey Append(byte number)
    {
        _bytes.Write((ReadOnlySpan<byte>)[number]);
        return this;
    }

    // A text ends with what is less than any character, so that a longer one comes after. A NUL in a text would end it, and is told apart.
    public SortKey Append(string? text)
    {
        _bytes.Write((ReadOnlySpan<byte>)[text is null ? (byte)0 : (byte)1]);
        foreach (var character in text ?? "")
        {
            BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(2), character);
            _bytes.Advance(2);
            if (character == '\0')
            {
                _bytes.Write((ReadOnlySpan<byte>)[1]);
            }
        }

        _bytes.Write((ReadOnlySpan<byte>)[0, 0, 0]);
        return this;
    }
}
