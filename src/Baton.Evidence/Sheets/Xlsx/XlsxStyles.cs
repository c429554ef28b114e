namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>The style sheet: <see cref="XlsxStyle"/> and <see cref="XlsxColour"/>, in their order.</summary>
internal static class XlsxStyles
{
    private const string Fonts =
        """
        <fonts count="4"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>
        <font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>
        <font><b/><sz val="16"/><name val="Calibri"/><family val="2"/></font>
        <font><sz val="11"/><color rgb="FF595959"/><name val="Calibri"/><family val="2"/></font></fonts>
        """;

    // The first two fills are Excel's own, whatever is written here.
    private const string Fills =
        """
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
        <fill><patternFill patternType="solid"><fgColor rgb="FFD9E1F2"/><bgColor indexed="64"/></patternFill></fill></fills>
        """;

    // Format 49 is "Text": what is typed into the cell later is not taken for a formula either.
    private const string Cells =
        """
        <cellXfs count="10"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
        <xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
        <xf numFmtId="49" fontId="3" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="left"/></xf></cellXfs>
        """;

    private static readonly (string Text, string Fill)[] Colours =
    [
        ("FF9C0006", "FFFFC7CE"), ("FF7F4F00", "FFFFEB9C"), ("FF005A00", "FFC6EFCE"), ("FF1F3864", "FFDDEBF7"), ("FF404040", "FFE7E6E6"),
    ];

    public static string Document() => string.Concat(
        XlsxParts.Declaration,
        $"<styleSheet xmlns=\"{XlsxParts.Main}\">",
        """<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>""",
        Fonts,
        Fills,
        """
        <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>
        <border><left/><right/><top/><bottom style="thin"><color rgb="FF8EA9DB"/></bottom><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        """,
        Cells,
        """<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>""",
        $"<dxfs count=\"{Colours.Length}\">",
        string.Concat(Colours.Select(colour =>
            $"<dxf><font><color rgb=\"{colour.Text}\"/></font><fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour.Fill}\"/>"
            + $"<bgColor rgb=\"{colour.Fill}\"/></patternFill></fill></dxf>")),
        "</dxfs></styleSheet>");
}
