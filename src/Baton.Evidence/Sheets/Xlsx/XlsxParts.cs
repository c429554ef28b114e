using System.Globalization;
using System.Security;
using System.Text;

namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>The small documents that make a workbook of its sheets.</summary>
internal static class XlsxParts
{
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public const string Relations =
        Declaration
        + $"<Relationships xmlns=\"{PackageRelations}\">"
        + $"<Relationship Id=\"rId1\" Type=\"{OfficeRelations}/officeDocument\" Target=\"xl/workbook.xml\"/>"
        + $"<Relationship Id=\"rId2\" Type=\"{PackageRelations}/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

    private const string OfficeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public static string SheetPath(int number) => $"xl/worksheets/sheet{number}.xml";

    public static string Workbook(IReadOnlyList<XlsxSheetPart> sheets)
    {
        var xml = new StringBuilder(Declaration);
        xml.Append($"<workbook xmlns=\"{Main}\" xmlns:r=\"{OfficeRelations}\"><bookViews><workbookView/></bookViews><sheets>");
        foreach (var sheet in sheets)
        {
            xml.Append($"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{sheet.Number}\" r:id=\"rId{sheet.Number}\"/>");
        }

        xml.Append("</sheets>");
        AppendNames(xml, sheets);
        return xml.Append("<calcPr fullCalcOnLoad=\"1\"/></workbook>").ToString();
    }

    public static string WorkbookRelations(IReadOnlyList<XlsxSheetPart> sheets)
    {
        var xml = new StringBuilder(Declaration);
        xml.Append($"<Relationships xmlns=\"{PackageRelations}\">");
        foreach (var sheet in sheets)
        {
            xml.Append($"<Relationship Id=\"rId{sheet.Number}\" Type=\"{OfficeRelations}/worksheet\" Target=\"worksheets/sheet{sheet.Number}.xml\"/>");
        }

        return xml.Append($"<Relationship Id=\"rId{sheets.Count + 1}\" Type=\"{OfficeRelations}/styles\" Target=\"styles.xml\"/></Relationships>").ToString();
    }

    public static string ContentTypes(IReadOnlyList<XlsxSheetPart> sheets)
    {
        var xml = new StringBuilder(Declaration);
        xml.Append("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
        xml.Append("<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>");
        xml.Append("<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        AppendType(xml, "xl/workbook.xml", $"{Types}.sheet.main+xml");
        AppendType(xml, "xl/styles.xml", $"{Types}.styles+xml");
        AppendType(xml, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        foreach (var sheet in sheets)
        {
            AppendType(xml, SheetPath(sheet.Number), $"{Types}.worksheet+xml");
        }

        return xml.Append("</Types>").ToString();
    }

    public static string Properties(XlsxProperties properties)
    {
        var created = properties.Created is { } time
            ? $"<dcterms:created xsi:type=\"dcterms:W3CDTF\">{time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture)}</dcterms:created>"
            : "";
        return Declaration
            + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
            + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
            + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + $"<dc:title>{SecurityElement.Escape(XlsxText.Clean(properties.Title))}</dc:title><dc:creator>baton</dc:creator>{created}</cp:coreProperties>";
    }

    // Excel finds by these names the rows to filter, what is printed, and what it repeats on every printed page.
    private static void AppendNames(StringBuilder xml, IReadOnlyList<XlsxSheetPart> sheets)
    {
        var withHeader = sheets.Where(sheet => sheet.Layout.Columns.Count > 0).ToList();
        if (withHeader.Count == 0)
        {
            return;
        }

        xml.Append("<definedNames>");
        foreach (var sheet in withHeader.Where(sheet => sheet.Layout.HasFilter))
        {
            var last = XlsxText.ColumnName(sheet.Layout.Columns.Count - 1);
            xml.Append($"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{sheet.Number - 1}\" hidden=\"1\">{Reference(sheet)}!$A$1:${last}${sheet.Rows}</definedName>");
        }

        foreach (var sheet in withHeader.Where(sheet => sheet.Layout.PrintedColumns < sheet.Layout.Columns.Count))
        {
            var last = XlsxText.ColumnName(sheet.Layout.PrintedColumns - 1);
            xml.Append($"<definedName name=\"_xlnm.Print_Area\" localSheetId=\"{sheet.Number - 1}\">{Reference(sheet)}!$A$1:${last}${sheet.Rows}</definedName>");
        }

        foreach (var sheet in withHeader)
        {
            var columns = XlsxPaper.For(sheet.Layout).PagesAcross > 1 && sheet.Layout.FrozenColumns > 0
                ? $"{Reference(sheet)}!$A:${XlsxText.ColumnName(sheet.Layout.FrozenColumns - 1)},"
                : "";
            xml.Append($"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{sheet.Number - 1}\">{columns}{Reference(sheet)}!$1:$1</definedName>");
        }

        xml.Append("</definedNames>");
    }

    private static string Reference(XlsxSheetPart sheet)
        => SecurityElement.Escape($"'{sheet.Name.Replace("'", "''", StringComparison.Ordinal)}'");

    private static void AppendType(StringBuilder xml, string path, string type)
        => xml.Append($"<Override PartName=\"/{path}\" ContentType=\"{type}\"/>");
}
