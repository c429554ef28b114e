using System.Buffers;
using System.Buffers.Binary;

namespace Baton.Evidence.Sorting;

/// <summary>
/// A key whose bytes are in the order in which the texts that it is made of are: by the first, then by the second, and so on. No text is
/// before an empty one. Not thread-safe.
/// </summary>
internal sealed class SortKey
{
    private const int MostDigits = ushort.MaxValue;

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

    /// <summary>A text whose numbers count as such: what ends in 10 comes after what ends in 2.</summary>
    public SortKey AppendNatural(string text)
    {
        _bytes.Write((ReadOnlySpan<byte>)[1]);
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && char.IsAsciiDigit(text[end]) && end - i < MostDigits)
            {
                end++;
            }

            if (end == i)
            {
                WriteCharacter(text[i++]);
                continue;
            }

            // Of two numbers the one with more digits is greater, where no zeros lead. It stands among other characters as a digit does.
            var digits = text.AsSpan(i, end - i).TrimStart('0');
            WriteUInt16('0');
            WriteUInt16((ushort)digits.Length);
            foreach (var digit in digits)
            {
                WriteUInt16(digit);
            }

            i = end;
        }

        _bytes.Write((ReadOnlySpan<byte>)[0, 0, 0]);
        return this;
    }

    /// <summary>What another key holds, so that it sorts the other way round.</summary>
    public SortKey AppendReversed(SortKey other)
    {
        var source = other.Bytes;
        var target = _bytes.GetSpan(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (byte)~source[i];
        }

        _bytes.Advance(source.Length);
        return this;
    }

    public SortKey Append(SortKey other)
    {
        _bytes.Write(other.Bytes);
        return this;
    }

    // A text ends with what is less than any character, so that a longer one comes after. A NUL in a text would end it, and is told apart.
    public SortKey Append(string? text)
    {
        _bytes.Write((ReadOnlySpan<byte>)[text is null ? (byte)0 : (byte)1]);
        foreach (var character in text ?? "")
        {
            WriteCharacter(character);
        }

        _bytes.Write((ReadOnlySpan<byte>)[0, 0, 0]);
        return this;
    }

    private void WriteCharacter(char character)
    {
        WriteUInt16(character);
        if (character == '\0')
        {
            _bytes.Write((ReadOnlySpan<byte>)[1]);
        }
    }

    private void WriteUInt16(ushort number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(2), number);
        _bytes.Advance(2);
    }
}
