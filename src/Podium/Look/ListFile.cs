using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Evidence.Sheets;
using Baton.Evidence.Sheets.Xlsx;
using Podium.Data;

namespace Podium.Look;

/// <summary>A list as a file: the columns that are shown, and all rows that the filters let through, not only those of one page.</summary>
internal static class ListFile
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null when the address asks for a page.</returns>
    public static IResult? Of<TRow>(HttpContext context, string name, IReadOnlyList<ListColumn<TRow>> columns, Func<IAsyncEnumerable<TRow>> rows)
    {
        var address = PageAddress.Of(context.Request);
        var asked = address.All(DataListKeys.Column);
        IReadOnlyList<ListColumn<TRow>> shown = asked.Count == 0 ? columns : [.. columns.Where((column, index) => index == 0 || asked.Contains(column.Key, StringComparer.Ordinal))];
        return address[DataListKeys.Format] switch
        {
            null => null,
            "csv" => new FileResult<TRow>(name + ".csv", "text/csv; charset=utf-8", (stream, end) => WriteCsvAsync(stream, shown, rows(), end)),
            "xlsx" => new FileResult<TRow>(
                name + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (stream, end) => WriteXlsxAsync(stream, name, shown, rows(), end)),
            "json" => new FileResult<TRow>(name + ".json", "application/json; charset=utf-8", (stream, end) => WriteJsonAsync(stream, shown, rows(), end)),
            _ => Results.BadRequest(),
        };
    }

    private static async Task WriteCsvAsync<TRow>(Stream output, IReadOnlyList<ListColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        var text = new StringWriter();
        var csv = new CsvWriter(text, CsvDialect.Default);
        csv.Row([.. columns.Select(column => column.Key)]);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            foreach (var column in columns)
            {
                csv.Cell(Text(column.Value(row)));
            }

            csv.EndRow();
            if (text.GetStringBuilder().Length > FlushAt)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            text.GetStringBuilder().Clear();
        }
    }

    // The workbook is written without waiting, which a connection does not take; a file does.
    private static async Task WriteXlsxAsync<TRow>(
        Stream output, string name, IReadOnlyList<ListColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using (var workbook = new XlsxWorkbook(file))
        {
            var sheet = workbook.AddSheet(new XlsxLayout { Name = name, Columns = [.. columns.Select(column => new XlsxColumn(column.Title, column.IsNumber ? 12 : 28))], FrozenColumns = 1 });
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                sheet.BeginRow();
                foreach (var column in columns)
                {
                    switch (column.Value(row))
                    {
                        case long number:
                            sheet.Number(number);
                            break;
                        case Moment moment:
                            sheet.DateTime(moment.ToDateTimeOffset());
                            break;
                        case var other:
                            sheet.Text(Text(other));
                            break;
                    }
                }

                sheet.EndRow();
            }

            workbook.Complete();
        }

        file.Position = 0;
        await file.CopyToAsync(output, cancellationToken);
    }

    private static async Task WriteJsonAsync<TRow>(Stream output, IReadOnlyList<ListColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, Readable);
        json.WriteStartArray();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            json.WriteStartObject();
            foreach (var column in columns)
            {
                json.WritePropertyName(column.Key);
                switch (column.Value(row))
                {
                    case null:
                        json.WriteNullValue();
                        break;
                    case long number:
                        json.WriteNumberValue(number);
                        break;
                    case bool flag:
                        json.WriteBooleanValue(flag);
                        break;
                    case var other:
                        json.WriteStringValue(Text(other));
                        break;
                }
            }

            json.WriteEndObject();
            if (json.BytesPending > FlushAt)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "yes" : "no",
        IFormattable number and (long or int) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private sealed class FileResult<TRow>(string fileName, string contentType, Func<Stream, CancellationToken, Task> write) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = contentType;
            httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
            await write(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
