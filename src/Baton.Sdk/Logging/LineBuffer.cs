using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baton.Sdk.Logging;

/// <summary>Memory for the line being written, kept for the thread's next one.</summary>
internal sealed class LineBuffer
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static LineBuffer? _spare;

    private LineBuffer()
    {
        Json = new Utf8JsonWriter(JsonBytes, new JsonWriterOptions
        {
            // Lines go to terminals, files and collectors, never into a page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

            // Duplicate keys and the like cost more to look for than they can harm here.
            SkipValidation = true,
        });
    }

    /// <summary>The line.</summary>
    public ArrayBufferWriter<byte> Bytes { get; } = new(1024);

    /// <summary>What <see cref="Json"/> wrote.</summary>
    public ArrayBufferWriter<byte> JsonBytes { get; } = new(1024);

    public Utf8JsonWriter Json { get; }

    /// <summary>Taken out while in use, because writing a value may lead to another event on the same thread.</summary>
    public static LineBuffer Rent()
    {
        var buffer = _spare ?? new LineBuffer();
        _spare = null;
        return buffer;
    }

    public void Return()
    {
        if (Bytes.Capacity + JsonBytes.Capacity <= LargestKept)
        {
            Bytes.ResetWrittenCount();
            JsonBytes.ResetWrittenCount();
            Json.Reset();
            _spare = this;
        }
    }
}
