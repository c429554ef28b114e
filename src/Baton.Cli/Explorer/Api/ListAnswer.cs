using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Evidence.Sheets;
using Baton.Evidence.Sheets.Xlsx;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Baton.Cli.Explorer.Api;

/// <summary>Answers with a page of a list, or with all of it as a file to keep. Only what is sent is made into documents.</summary>
/// <param name="name">What the file is called, without its ending.</param>
internal sealed class ListAnswer<TItem, TDocument>(
    string name, Func<TItem, TDocument> document, JsonTypeInfo<ListDocument<TDocument>> json, IReadOnlyList<Column<TDocument>> columns)
{
    private const int RowsPerWrite = 500;
    private const int BytesPerWrite = 64 * 1024;

    public Task SendAsync(HttpContext context, ApiQuery query, IEnumerable<TItem> items, IReadOnlyList<CountedValue>? summary = null) => query.Format switch
    {
        null => SendPageAsync(context, query, items, summary),
        ExportFormat.Csv => SendCsvAsync(context, items),
        ExportFormat.Xlsx => SendXlsxAsync(context, items),
        _ => SendJsonAsync(context, [.. items]),
    };

    private async Task SendPageAsync(HttpContext context, ApiQuery query, IEnumerable<TItem> items, IReadOnlyList<CountedValue>? summary)
    {
        var (offset, limit) = (query.Offset, query.Limit);
        var page = new List<TDocument>(limit);
        var total = 0;
        foreach (var item in items)
        {
            if (total >= offset && page.Count < limit)
            {
                page.Add(document(item));
            }

            total++;
        }

        int? next = offset + page.Count < total && page.Count > 0 ? offset + page.Count : null;
        await ApiAnswer.SendAsync(context, new(page, total, offset, limit, next, summary), json);
    }

    private async Task SendCsvAsync(HttpContext context, IEnumerable<TItem> items)
    {
        Announce(context, "csv", "text/csv; charset=utf-8");
        using var text = new StringWriter();
        var csv = new CsvWriter(text, new CsvDialect { NewLine = "\r\n" });
        csv.Header(columns);
        var rows = 0;
        foreach (var item in items)
        {
            csv.Row(columns, document(item));
            if (++rows % RowsPerWrite == 0)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await context.Response.WriteAsync(text.ToString(), Encoding.UTF8, context.RequestAborted);
            text.GetStringBuilder().Clear();
        }
    }

    private Task SendXlsxAsync(HttpContext context, IEnumerable<TItem> items)
    {
        Announce(context, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        // A workbook is a ZIP, which .NET writes without waiting for whoever reads it; a thread of ours then waits in its place.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        using (var buffered = new BufferedStream(context.Response.Body, BytesPerWrite))
        {
            using var workbook = new XlsxWorkbook(buffered, new XlsxProperties { Title = name });
            var sheet = workbook.AddSheet(new XlsxLayout
            {
                Name = name,
                Columns = XlsxColumn.Of(columns),
                FrozenColumns = 1,
            });
            foreach (var item in items)
            {
                context.RequestAborted.ThrowIfCancellationRequested();
                sheet.Row(columns, document(item));
            }

            workbook.Complete();
        }

        return Task.CompletedTask;
    }

    private async Task SendJsonAsync(HttpContext context, List<TItem> items)
    {
        Announce(context, "json", "application/json; charset=utf-8");
        var all = new ListDocument<TDocument>(items.Select(document), items.Count, Offset: 0, items.Count, Next: null);
        await JsonSerializer.SerializeAsync(context.Response.Body, all, json, context.RequestAborted);
    }

    private void Announce(HttpContext context, string ending, string type)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{ending}\"";
    }
}
