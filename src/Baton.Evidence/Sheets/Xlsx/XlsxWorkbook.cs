using System.IO.Compression;
using System.Text;

namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>
/// Writes an Excel workbook while its rows are read: one sheet at a time, and nothing of a sheet is kept in memory. The same rows give
/// the same bytes. Not thread-safe.
/// </summary>
/// <remarks>
/// Written here because the libraries for it either keep the workbook in memory (ClosedXML, and DocumentFormat.OpenXml through
/// System.IO.Packaging) or need reflection, which NativeAOT does not have (MiniExcel). Format: ECMA-376, part 1.
/// </remarks>
public sealed class XlsxWorkbook : IDisposable
{
    // The earliest time that a ZIP file can hold. A real one would make every file differ.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;
    private readonly List<XlsxSheetPart> _parts = [];
    private readonly XlsxProperties _properties;
    private XlsxSheet? _open;

    /// <param name="output">Stays open; it need not be seekable.</param>
    public XlsxWorkbook(Stream output, XlsxProperties? properties = null)
    {
        _archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        _properties = properties ?? new();
    }

    /// <summary>Begins a sheet, and writes its header. The one before is ended by it.</summary>
    public XlsxSheet AddSheet(XlsxLayout layout)
    {
        _open?.End();
        return _open = new XlsxSheet(this, layout);
    }

    /// <summary>Ends the workbook. Without it the file is not one that Excel opens.</summary>
    public void Complete()
    {
        if (_open is null)
        {
            AddSheet(new XlsxLayout { Name = "Empty" });
        }

        _open!.End();
        Put("xl/workbook.xml", XlsxParts.Workbook(_parts));
        Put("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelations(_parts));
        Put("xl/styles.xml", XlsxStyles.Document());
        Put("docProps/core.xml", XlsxParts.Properties(_properties));
        Put("_rels/.rels", XlsxParts.Relations);
        Put("[Content_Types].xml", XlsxParts.ContentTypes(_parts));
    }

    public void Dispose()
    {
        _open?.Dispose();
        _archive.Dispose();
    }

    internal XlsxSheetPart AddPart(XlsxLayout layout)
    {
        var part = new XlsxSheetPart(_parts.Count + 1, FreeName(layout.Name), layout);
        _parts.Add(part);
        return part;
    }

    internal Stream OpenPart(string path)
    {
        var entry = _archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }

    private void Put(string path, string xml)
    {
        using var part = OpenPart(path);
        part.Write(Encoding.UTF8.GetBytes(xml));
    }

    // Excel compares the names of sheets without case.
    private string FreeName(string wanted)
    {
        var name = XlsxText.SheetName(wanted, suffix: "");
        for (var i = 2; _parts.Exists(part => part.Name.Equals(name, StringComparison.OrdinalIgnoreCase)); i++)
        {
            name = XlsxText.SheetName(wanted, $" ({i})");
        }

        return name;
    }
}

/// <summary>What the workbook says about itself.</summary>
public sealed record XlsxProperties
{
    public string Title { get; init; } = "";

    /// <summary>Null leaves it out, and with it what would make two files of the same rows differ.</summary>
    public DateTimeOffset? Created { get; init; }
}

/// <summary>One sheet in the file.</summary>
internal sealed class XlsxSheetPart(int number, string name, XlsxLayout layout)
{
    public int Number => number;

    public string Name => name;

    public XlsxLayout Layout => layout;

    /// <summary>How many rows there are, the header included; known when the sheet is ended.</summary>
    public int Rows { get; set; }
}
