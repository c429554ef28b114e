namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>What stands before and after the rows of a sheet. The order of the elements is the format's.</summary>
internal static class XlsxSheetFrame
{
    public static void Begin(XlsxXml xml, XlsxLayout layout)
    {
        xml.Raw(XlsxParts.Declaration);
        xml.Raw($"<worksheet xmlns=\"{XlsxParts.Main}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        if (layout.Columns.Count > 0)
        {
            WritePane(xml, layout);
            xml.Raw("<cols>");
            for (var i = 0; i < layout.Columns.Count; i++)
            {
                // The style of the column is that of the cells which somebody fills in.
                xml.Raw(FormattableString.Invariant(
                    $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{layout.Columns[i].Width}\" style=\"{(int)XlsxStyle.Text}\" customWidth=\"1\"/>"));
            }

            xml.Raw("</cols>");
        }

        xml.Raw("<sheetData>");
    }

    public static void End(XlsxXml xml, XlsxLayout layout, int rows)
    {
        xml.Raw("</sheetData>");
        if (layout.Columns.Count > 0)
        {
            if (layout.HasFilter)
            {
                xml.Raw($"<autoFilter ref=\"A1:{XlsxText.ColumnName(layout.Columns.Count - 1)}{rows}\"/>");
            }

            if (rows > 1)
            {
                WriteHighlights(xml, layout, rows);
                WriteChoices(xml, layout, rows);
            }
        }

        xml.Raw("<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>");
        var paper = XlsxPaper.For(layout);
        xml.Raw(FormattableString.Invariant($"<pageSetup paperSize=\"{paper.Size}\" pageOrder=\"overThenDown\" orientation=\"landscape\" fitToWidth=\"{paper.PagesAcross}\" fitToHeight=\"0\"/>"));
        xml.Raw("<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>");
    }

    private static void WritePane(XlsxXml xml, XlsxLayout layout)
    {
        var columns = Math.Min(layout.FrozenColumns, layout.Columns.Count);
        var corner = $"{XlsxText.ColumnName(columns)}2";
        var pane = columns > 0 ? "bottomRight" : "bottomLeft";
        var split = columns > 0 ? $" xSplit=\"{columns}\"" : "";
        xml.Raw($"<sheetViews><sheetView workbookViewId=\"0\"><pane{split} ySplit=\"1\" topLeftCell=\"{corner}\" activePane=\"{pane}\" state=\"frozen\"/>");
        xml.Raw($"<selection pane=\"{pane}\" activeCell=\"{corner}\" sqref=\"{corner}\"/></sheetView></sheetViews>");
    }

    private static void WriteHighlights(XlsxXml xml, XlsxLayout layout, int rows)
    {
        for (var i = 0; i < layout.Highlights.Count; i++)
        {
            var highlight = layout.Highlights[i];
            var range = $"{XlsxText.ColumnName(highlight.FirstColumn)}2:{XlsxText.ColumnName(highlight.LastColumn)}{rows}";
            xml.Raw($"<conditionalFormatting sqref=\"{range}\"><cfRule type=\"expression\" dxfId=\"{(int)highlight.Colour}\" priority=\"{i + 1}\"><formula>");
            xml.Text(highlight.Condition);
            xml.Raw("</formula></cfRule></conditionalFormatting>");
        }
    }

    private static void WriteChoices(XlsxXml xml, XlsxLayout layout, int rows)
    {
        var chosen = layout.Columns.Index().Where(column => column.Item.Choices.Count > 0).ToList();
        if (chosen.Count == 0)
        {
            return;
        }

        xml.Raw($"<dataValidations count=\"{chosen.Count}\">");
        foreach (var (index, column) in chosen)
        {
            var name = XlsxText.ColumnName(index);
            xml.Raw($"<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"{name}2:{name}{rows}\"><formula1>");
            xml.Text($"\"{string.Join(',', column.Choices)}\"");
            xml.Raw("</formula1></dataValidation>");
        }

        xml.Raw("</dataValidations>");
    }
}
