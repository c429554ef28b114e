using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Protocol;
using Google.Protobuf;

namespace Baton.Evidence.Sheets;

/// <summary>
/// Prints one JSON document: a message, or a list that is written while it is read. Little of it is in memory at any time, and nothing
/// of a small one is printed before its end.
/// </summary>
public sealed class JsonDocumentWriter : IDisposable
{
    private const int PrintFrom = 64 * 1024;

    // Protobuf nests up to a hundred messages, each in an array; ProtoJson adds a few levels of Any.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 4096,
        SkipValidation = true,
    };

    private readonly TextWriter _output;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * PrintFrom);
    private readonly Utf8JsonWriter _json;
    private readonly ProtoJson _messages = new(ProtocolTypes.Registry);
    private char[] _characters = new char[2 * PrintFrom];
    private string? _list;
    private bool _hasMembers;
    private bool _isNested;

    public JsonDocumentWriter(TextWriter output)
    {
        _output = output;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>The whole document.</summary>
    public void WriteDocument(IMessage message)
    {
        Write(message);
        End("\n");
    }

    /// <summary>One element of a list, on a line of its own. The name is the list's in the document; its elements follow one another.</summary>
    public void WriteElement(string listName, IMessage element)
    {
        BeginElement(listName);
        Write(element);
        PrintIfMuch();
    }

    /// <summary>The same, of what is not a message.</summary>
    public void WriteElement<T>(string listName, T element, Action<Utf8JsonWriter, T> write)
    {
        BeginElement(listName);
        Write(element, write);
        PrintIfMuch();
    }

    /// <summary>A list that is told to be empty, where one that is not there would be another thing.</summary>
    public void WriteEmptyList(string listName)
    {
        BeginMember(listName);
        Append("[]");
    }

    /// <summary>A member beside the lists.</summary>
    public void WriteMember(string name, IMessage message)
    {
        BeginMember(name);
        Write(message);
    }

    /// <summary>An object beside the lists, with lists of its own until it is ended.</summary>
    public void BeginObject(string name)
    {
        BeginMember(name);
        Append("{");
        _isNested = true;
        _hasMembers = false;
    }

    public void EndObject()
    {
        CloseList();
        Append("}");
        _isNested = false;
        _hasMembers = true;
    }

    /// <summary>A document on a line of its own, among others.</summary>
    public void WriteLine(IMessage message)
    {
        Write(message);
        Append("\n");
        PrintIfMuch();
    }

    /// <summary>The same, of what is not a message.</summary>
    public void WriteLine<T>(T element, Action<Utf8JsonWriter, T> write)
    {
        Write(element, write);
        Append("\n");
        PrintIfMuch();
    }

    public void EndLines() => Print();

    /// <summary>The end of the document. Empty lists are left out, as the mapping has it.</summary>
    public void EndList()
    {
        CloseList();
        End(_hasMembers ? "}\n" : "{}\n");
    }

    public void Dispose() => _json.Dispose();

    private void BeginElement(string listName)
    {
        if (_list == listName)
        {
            Append(",\n");
        }
        else
        {
            BeginMember(listName);
            Append("[\n");
            _list = listName;
        }
    }

    private void Write(IMessage message)
    {
        _messages.Write(_json, message);
        EndValue();
    }

    private void Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        write(_json, value);
        EndValue();
    }

    private void EndValue()
    {
        _json.Flush();
        _json.Reset();
    }

    private void Append(string text) => _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));

    private void BeginMember(string name)
    {
        CloseList();
        Append(_hasMembers ? $",\n\"{name}\":" : $"{(_isNested ? "" : "{")}\"{name}\":");
        _hasMembers = true;
    }

    private void CloseList()
    {
        if (_list is not null)
        {
            Append("\n]");
            _list = null;
        }
    }

    private void PrintIfMuch()
    {
        if (_buffer.WrittenCount >= PrintFrom)
        {
            Print();
        }
    }

    private void End(string text)
    {
        Append(text);
        Print();
    }

    private void Print()
    {
        var bytes = _buffer.WrittenSpan;
        if (_characters.Length < bytes.Length)
        {
            // UTF-8 never has fewer bytes than UTF-16 has characters.
            _characters = new char[bytes.Length];
        }

        _output.Write(_characters, 0, Encoding.UTF8.GetChars(bytes, _characters));
        _buffer.ResetWrittenCount();
    }
}
