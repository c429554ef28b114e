using System.Text;

namespace Baton.Evidence.Changes;

/// <summary>A change as bytes, to put it aside while others are found. Not thread-safe.</summary>
internal sealed class ChangeCodec : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;

    public ChangeCodec() => _writer = new BinaryWriter(_bytes, Encoding.UTF8);

    /// <summary>Valid until the next is encoded.</summary>
    public ReadOnlySpan<byte> Encode(SyncChange change)
    {
        _bytes.SetLength(0);
        _writer.Write((byte)change.Kind);
        Write(change.Principal);
        Write(change.Resource);
        Write(change.Before);
        Write(change.After);
        _writer.Write7BitEncodedInt(change.Flags.Count);
        foreach (var flag in change.Flags)
        {
            _writer.Write(flag);
        }

        _writer.Write(change.GrantsLeft ?? -1);
        _writer.Flush();
        return _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
    }

    public static SyncChange Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return new((ChangeKind)reader.ReadByte())
        {
            Principal = ReadParty(reader),
            Resource = ReadParty(reader),
            Before = ReadFields(reader),
            After = ReadFields(reader),
            Flags = ReadTexts(reader),
            GrantsLeft = reader.ReadInt64() is >= 0 and var left ? left : null,
        };
    }

    public void Dispose() => _writer.Dispose();

    private void Write(Party? party)
    {
        _writer.Write(party is not null);
        if (party is not null)
        {
            _writer.Write(party.Type);
            _writer.Write(party.Id);
            _writer.Write(party.Name);
            _writer.Write(party.Email);
            _writer.Write(party.Label);
        }
    }

    private void Write(IReadOnlyDictionary<string, string> fields)
    {
        _writer.Write7BitEncodedInt(fields.Count);
        foreach (var (field, value) in fields)
        {
            _writer.Write(field);
            _writer.Write(value);
        }
    }

    private static Party? ReadParty(BinaryReader reader)
        => reader.ReadBoolean()
            ? new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString()) { Label = reader.ReadString() }
            : null;

    private static Dictionary<string, string> ReadFields(BinaryReader reader)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            fields[reader.ReadString()] = reader.ReadString();
        }

        return fields;
    }

    private static string[] ReadTexts(BinaryReader reader)
    {
        var texts = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadString();
        }

        return texts;
    }
}
