using Baton.Evidence.Sheets.Xlsx;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace Baton.Evidence.Tests.Sheets.Xlsx;

/// <summary>The workbook as Microsoft's own library reads it, and as the schema of the format has it.</summary>
public sealed class XlsxWorkbookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly XlsxLayout Everything = new()
    {
        Name = "Review",
        Columns =
        [
            new("Account", 30), new("Seen", 12), new("Time"), new("Grants", 8.5), new("Sum"),
            new("Decision") { Choices = ["keep", "change", "revoke", "defer"] },
        ],
        FrozenColumns = 2,
        Highlights = [new(0, 1, "$A2=\"<x>\"", XlsxColour.Red), new(5, 5, "$F2=\"revoke\"", XlsxColour.Amber)],
    };

    [Fact]
    public void Complete_EveryKindOfCell_IsValidAndReadBack()
    {
        var bytes = Write(workbook =>
        {
            var sheet = workbook.AddSheet(Everything);
            sheet.BeginRow();
            sheet.Text("ada <ada@example.com>");
            sheet.Date(Noon);
            sheet.DateTime(Noon);
            sheet.Number(300_000L);
            sheet.Formula("SUM(D2:D2)");
            sheet.Text("");
            sheet.EndRow();
            sheet.BeginRow();
            sheet.Skip();
            sheet.Number(-0.5);
            sheet.EndRow();
            workbook.AddSheet(new XlsxLayout { Name = "About" }).Row("free", null, "text");
        });

        using var document = Open(bytes);

        Assert.Equal(["Review", "About"], SheetNames(document));
        var cells = Cells(document, "Review");
        Assert.Equal("Account", cells["A1"].InnerText);
        Assert.Equal("ada <ada@example.com>", cells["A2"].InnerText);
        Assert.Equal(("46349", 4U), (cells["B2"].CellValue!.Text, cells["B2"].StyleIndex!.Value));
        Assert.Equal(("46349.5", 5U), (cells["C2"].CellValue!.Text, cells["C2"].StyleIndex!.Value));
        Assert.Equal("300000", cells["D2"].CellValue!.Text);
        Assert.Equal("SUM(D2:D2)", cells["E2"].CellFormula!.Text);
        Assert.Equal("-0.5", cells["B3"].CellValue!.Text);
        Assert.Equal("text", Cells(document, "About")["C1"].InnerText);
    }

    [Fact]
    public void Layout_HeaderFilterChoicesAndColours_AreThere()
    {
        var bytes = Write(workbook => workbook.AddSheet(Everything).Row("a", "b", "c"));

        using var document = Open(bytes);

        var sheet = Part(document, "Review").Worksheet!;
        var pane = sheet.Descendants<Pane>().Single();
        Assert.Equal((2d, 1d, "C2", PaneStateValues.Frozen), (pane.HorizontalSplit!.Value, pane.VerticalSplit!.Value, pane.TopLeftCell!.Value, pane.State!.Value));
        Assert.Equal("A1:F2", sheet.Elements<AutoFilter>().Single().Reference!.Value);
        Assert.Equal(8.5, sheet.Descendants<Column>().ElementAt(3).Width!.Value);
        var choice = sheet.Descendants<DataValidation>().Single();
        Assert.Equal(("F2:F2", "\"keep,change,revoke,defer\""), (choice.SequenceOfReferences!.InnerText, choice.Formula1!.Text));
        Assert.Equal(["$A2=\"<x>\"", "$F2=\"revoke\""], sheet.Descendants<Formula>().Select(formula => formula.Text).ToArray());
        Assert.Equal(["_xlnm._FilterDatabase", "_xlnm.Print_Titles"], document.WorkbookPart!.Workbook!.DefinedNames!.Elements<DefinedName>().Select(name => name.Name!.Value!).ToArray());
    }

    // 270 characters can be read on a sheet of A4, 390 on one of A3.
    [Theory]
    [InlineData(13, 0, 13, 9, 1, "'Wide'!$1:$1")]
    [InlineData(24, 2, 24, 9, 2, "'Wide'!$A:$B,'Wide'!$1:$1")]
    [InlineData(26, 0, 26, 9, 2, "'Wide'!$1:$1")]
    [InlineData(30, 2, 30, 8, 2, "'Wide'!$A:$B,'Wide'!$1:$1")]
    [InlineData(60, 2, 60, 8, 4, "'Wide'!$A:$B,'Wide'!$1:$1")]
    [InlineData(60, 2, 13, 9, 1, "'Wide'!$1:$1")]
    public void Layout_Wide_IsPrintedOnAsManyPagesAsCanBeRead(int columns, int frozen, int printed, int paper, int pages, string repeated)
    {
        var layout = new XlsxLayout
        {
            Name = "Wide",
            Columns = [.. Enumerable.Range(0, columns).Select(i => new XlsxColumn($"c{i}", 20))],
            FrozenColumns = frozen,
            PrintedColumns = printed,
        };

        using var document = Open(Write(workbook => workbook.AddSheet(layout).Row("a")));

        var setup = Part(document, "Wide").Worksheet!.Elements<PageSetup>().Single();
        Assert.Equal(((uint)paper, (uint)pages, 0U), (setup.PaperSize!.Value, setup.FitToWidth!.Value, setup.FitToHeight!.Value));
        Assert.Equal((OrientationValues.Landscape, PageOrderValues.OverThenDown), (setup.Orientation!.Value, setup.PageOrder!.Value));
        var names = document.WorkbookPart!.Workbook!.DefinedNames!.Elements<DefinedName>().ToDictionary(name => name.Name!.Value!, name => name.Text);
        Assert.Equal(repeated, names["_xlnm.Print_Titles"]);
        Assert.Equal(printed < columns ? "'Wide'!$A$1:$M$2" : null, names.GetValueOrDefault("_xlnm.Print_Area"));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("<script>alert(1)</script> & ]]>")]
    [InlineData(" spaces ")]
    [InlineData("two\nlines")]
    [InlineData("字 😀 \u202eright to left")]
    public void Text_Anything_IsText(string text)
    {
        var bytes = Write(workbook => workbook.AddSheet(new XlsxLayout { Name = "S" }).Row(text));

        using var document = Open(bytes);

        var cell = Cells(document, "S")["A1"];
        Assert.Equal(CellValues.InlineString, cell.DataType!.Value);
        Assert.Null(cell.CellFormula);
        Assert.Equal(text, cell.InlineString!.Text!.Text);
    }

    [Theory]
    [InlineData("escape\u001b[31m", "escape_x001B_[31m")]
    [InlineData("carriage\r", "carriage_x000D_")]
    [InlineData("literal _x001B_", "literal _x005F_x001B_")]
    [InlineData("not one _x1B_", "not one _x1B_")]
    public void Text_WhatXmlHasNot_IsSpelledAsExcelReadsIt(string text, string stored)
    {
        var bytes = Write(workbook => workbook.AddSheet(new XlsxLayout { Name = "S" }).Row(text));

        using var document = Open(bytes);

        Assert.Equal(stored, Cells(document, "S")["A1"].InlineString!.Text!.Text);
    }

    // An attribute cannot hold these.
    [Fact]
    public void Text_HalfACharacterOrNone_IsReplaced()
    {
        var bytes = Write(workbook => workbook.AddSheet(new XlsxLayout { Name = "S" }).Row("half \ud83d", "none \uffff"));

        using var document = Open(bytes);

        Assert.Equal(["half \ufffd", "none _xFFFF_"], Cells(document, "S").Values.Select(cell => cell.InnerText).ToArray());
    }

    [Fact]
    public void Text_LongerThanACell_IsCut()
    {
        var bytes = Write(workbook => workbook.AddSheet(new XlsxLayout { Name = "S" }).Row(new string('x', 40_000), new string('字', 32_767)));

        using var document = Open(bytes);

        var cells = Cells(document, "S");
        Assert.Equal((32_767, '…'), (cells["A1"].InnerText.Length, cells["A1"].InnerText[^1]));
        Assert.Equal(new string('字', 32_767), cells["B1"].InnerText);
    }

    [Fact]
    public void Sheet_Full_GoesOnInAnotherOne()
    {
        var bytes = Write(workbook =>
        {
            using var sheet = new XlsxSheet(workbook, new XlsxLayout { Name = "Grants", Columns = [new("N")] }, mostRows: 3);
            for (var i = 0; i < 5; i++)
            {
                sheet.BeginRow();
                sheet.Number(i);
                sheet.EndRow();
            }

            sheet.End();
            workbook.AddSheet(new XlsxLayout { Name = "grants" });
        });

        using var document = Open(bytes);

        Assert.Equal(["Grants", "Grants (2)", "Grants (3)", "grants (4)"], SheetNames(document));
        Assert.Equal(["N", "2", "3"], Cells(document, "Grants (2)").Values.Select(cell => cell.InnerText).ToArray());
        Assert.Equal(["N", "4"], Cells(document, "Grants (3)").Values.Select(cell => cell.InnerText).ToArray());
    }

    [Fact]
    public void Sheet_NameThatExcelRefuses_IsCleaned()
    {
        var bytes = Write(workbook =>
        {
            workbook.AddSheet(new XlsxLayout { Name = "a/b:c[d]*?\\ and so on, for ever and ever" });
            workbook.AddSheet(new XlsxLayout { Name = "O'Brien & <Co>", Columns = [new("x")] });
        });

        using var document = Open(bytes);

        Assert.Equal(["a b c d     and so on, for ever", "O'Brien & <Co>"], SheetNames(document));
    }

    [Fact]
    public void Complete_SameRows_SameBytes()
        => Assert.Equal(Write(workbook => workbook.AddSheet(Everything).Row("a")), Write(workbook => workbook.AddSheet(Everything).Row("a")));

    [Fact]
    public void Complete_NoSheet_IsStillAWorkbook()
    {
        using var document = Open(Write(_ => { }));

        Assert.Single(document.WorkbookPart!.Workbook!.Sheets!);
    }

    private static byte[] Write(Action<XlsxWorkbook> write)
    {
        using var output = new MemoryStream();
        using (var workbook = new XlsxWorkbook(output, new XlsxProperties { Title = "Test & <test>", Created = Noon }))
        {
            write(workbook);
            workbook.Complete();
        }

        return output.ToArray();
    }

    private static SpreadsheetDocument Open(byte[] bytes)
    {
        var document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken);
        Assert.Empty(errors.Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
        return document;
    }

    private static string[] SheetNames(SpreadsheetDocument document)
        => [.. document.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value!)];

    private static Dictionary<string, Cell> Cells(SpreadsheetDocument document, string sheet)
        => Part(document, sheet).Worksheet!.Descendants<Cell>().ToDictionary(cell => cell.CellReference!.Value!, StringComparer.Ordinal);

    private static WorksheetPart Part(SpreadsheetDocument document, string name)
    {
        var sheet = document.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(sheet => sheet.Name == name);
        return (WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!.Value!);
    }
}
