using System.Text.Json;
using Baton.Protocol;
using Google.Protobuf;

namespace Baton.Evidence.Sheets;

/// <summary>What a row is besides its columns: JSON for programs, and bytes while it waits on disk for others. Not thread-safe.</summary>
public abstract class RowForm<T>
{
    /// <summary>Whether JSON leaves out a list without rows, as protobuf's mapping has it.</summary>
    public virtual bool OmitsEmptyList => false;

    /// <summary>One object.</summary>
    public abstract void WriteJson(Utf8JsonWriter json, T row);

    public abstract byte[] Encode(T row);

    public abstract T Decode(byte[] bytes);
}

/// <summary>Rows that are messages, in upstream's shapes.</summary>
public sealed class MessageForm<T> : RowForm<T>
    where T : class, IMessage<T>, new()
{
    // The registry sets up the descriptions of all messages, which is as much memory as a table needs for all the rest.
    private ProtoJson? _messages;

    public override bool OmitsEmptyList => true;

    public override void WriteJson(Utf8JsonWriter json, T row) => (_messages ??= new(ProtocolTypes.Registry)).Write(json, row);

    public override byte[] Encode(T row) => row.ToByteArray();

    public override T Decode(byte[] bytes)
    {
        var row = new T();
        row.MergeFrom(bytes);
        return row;
    }
}

/// <summary>Rows that whoever lists them has in memory anyway: only their numbers go to disk.</summary>
public sealed class HeldForm<T>(Action<Utf8JsonWriter, T> write) : RowForm<T>
{
    private readonly List<T> _rows = [];

    public override void WriteJson(Utf8JsonWriter json, T row) => write(json, row);

    public override byte[] Encode(T row)
    {
        _rows.Add(row);
        return BitConverter.GetBytes(_rows.Count - 1);
    }

    public override T Decode(byte[] bytes) => _rows[BitConverter.ToInt32(bytes)];
}
