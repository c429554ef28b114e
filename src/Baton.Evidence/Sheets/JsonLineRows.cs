using System.Text.Json;

namespace Baton.Evidence.Sheets;

/// <summary>An object a line.</summary>
internal sealed class JsonLineRows<T>(RowSelection<T> rows, TextWriter output) : RowWriter<T>
{
    private readonly JsonDocumentWriter _document = new(output);
    private readonly Action<Utf8JsonWriter, T> _element = rows.Element();

    public override void Write(T row) => _document.WriteLine(row, _element);

    public override void End() => _document.EndLines();

    public override void Dispose()
    {
        _document.Dispose();
        base.Dispose();
    }
}
