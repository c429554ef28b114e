using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baton.Testing.Grafana.Api;

/// <summary>The answer to one request, complete in memory before a byte of it is sent, so that a fault can still spoil it.</summary>
internal sealed class ApiAnswer : IDisposable
{
    public const string Json = "application/json";
    public const string Html = "text/html; charset=utf-8";

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonWriterOptions Pretty = Compact with { Indented = true };

    private readonly AnswerBuffer _body = new();

    public int Status { get; private set; }

    public string ContentType { get; private set; } = Json;

    public List<(string Name, string Value)> Headers { get; } = [];

    public ReadOnlyMemory<byte> Body => _body.Written;

    public void WriteJson(int status, Action<Utf8JsonWriter> write, bool pretty = false)
    {
        Status = status;
        using var json = new Utf8JsonWriter(_body, pretty ? Pretty : Compact);
        write(json);
    }

    public void WriteText(int status, string contentType, string text)
    {
        Status = status;
        ContentType = contentType;
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(_body.GetSpan(bytes.Length));
        _body.Advance(bytes.Length);
    }

    public void Dispose() => _body.Dispose();
}
