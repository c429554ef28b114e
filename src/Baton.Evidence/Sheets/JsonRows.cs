using System.Text.Json;

namespace Baton.Evidence.Sheets;

/// <summary>One document, with a list of the rows.</summary>
internal sealed class JsonRows<T>(RowSelection<T> rows, TextWriter output) : RowWriter<T>
{
    private readonly JsonDocumentWriter _document = new(output);
    private readonly Action<Utf8JsonWriter, T> _element = rows.Element();
    private bool _hasRows;

    public override void Write(T row)
    {
        _hasRows = true;
        _document.WriteElement(rows.Kind.JsonName, row, _element);
    }

    public override void End()
    {
        if (!_hasRows && !rows.Form.OmitsEmptyList)
        {
            _document.WriteEmptyList(rows.Kind.JsonName);
        }

        _document.EndList();
    }

    public override void Dispose()
    {
        _document.Dispose();
        base.Dispose();
    }
}
