using System.Text;
using Google.Protobuf;

namespace Baton.Testing.Telemetry;

/// <summary>A message of the wire format, by field numbers: enough to read telemetry without its declarations.</summary>
internal sealed class WireMessage
{
    private readonly List<(int Field, object Value)> _values = [];

    /// <exception cref="InvalidProtocolBufferException">That is no message.</exception>
    public WireMessage(ReadOnlySpan<byte> bytes)
    {
        using var input = new CodedInputStream(bytes.ToArray());
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            _values.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes(),
                var other => throw new InvalidDataException($"wire type {other}"),
            }));
        }
    }

    public bool Has(int field) => _values.Exists(value => value.Field == field);

    public IEnumerable<WireMessage> Messages(int field)
        => _values.Where(value => value.Field == field).Select(value => new WireMessage(((ByteString)value.Value).Span));

    public ReadOnlyMemory<byte> Bytes(int field) => _values.Find(value => value.Field == field).Value is ByteString bytes ? bytes.Memory : default;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public ulong Number(int field) => _values.Find(value => value.Field == field).Value is ulong number ? number : 0;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    /// <summary>Pairs of a key (1) and a value (2), which is a text (1), a truth (2), a whole number (3) or a number (4).</summary>
    public IReadOnlyDictionary<string, object?> Attributes(int field)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var pair in Messages(field))
        {
            attributes[pair.Text(1)] = pair.Messages(2).Select(ValueOf).FirstOrDefault();
        }

        return attributes;
    }

    public static object? ValueOf(WireMessage value)
        => value.Has(1) ? value.Text(1)
            : value.Has(2) ? value.Number(2) != 0
            : value.Has(3) ? (long)value.Number(3)
            : value.Has(4) ? value.Double(4)
            : null;
}
