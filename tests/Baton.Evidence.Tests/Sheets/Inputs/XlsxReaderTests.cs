using System.IO.Compression;
using System.Text;
using Baton.Evidence.Sheets.Inputs;
using Baton.Evidence.Sheets.Xlsx;
using Baton.Evidence.Tests.Files;
using CsCheck;

namespace Baton.Evidence.Tests.Sheets.Inputs;

public sealed class XlsxReaderTests : IDisposable
{
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private const string Ids = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Rows_WhatWasWritten_ComeBack()
    {
        var text = Gen.Char["ab_x0041<>&\"'\r\n\t\u0007 é漢"].Array[0, 12].Select(characters => new string(characters));
        text.Array[1, 5].Sample(texts =>
        {
            var path = _folder.PathOf($"{Guid.NewGuid()}.xlsx");
            using (var file = File.Create(path))
            using (var workbook = new XlsxWorkbook(file))
            {
                workbook.AddSheet(new XlsxLayout { Name = "Test", Columns = [new("a")] }).Row(texts);
                workbook.Complete();
            }

            using var reader = XlsxReader.Open(path);
            var (name, part) = Assert.Single(reader.Sheets);
            var rows = reader.Rows(part).Select(row => new Dictionary<int, string>(row.Cells)).ToList();

            Assert.Equal("Test", name);
            Assert.Equal(texts, texts.Index().Select(cell => rows[1].GetValueOrDefault(cell.Index, "")).ToArray());
        }, iter: 50);
    }

    [Fact]
    public void Rows_OtherPrograms_AreUnderstood()
    {
        var path = Workbook(
            $"<worksheet {Main}><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
            + "<row r=\"7\"><c r=\"C7\"><v>45983</v></c><c t=\"str\"><f>A1</f><v>made</v></c><c r=\"F7\" t=\"inlineStr\"><is><r><t>two </t></r><r><t>runs</t></r></is></c></row></sheetData></worksheet>",
            $"<sst {Main}><si><t>plain</t></si><si><r><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si></sst>");

        using var reader = XlsxReader.Open(path);
        var rows = reader.Rows(reader.Sheets[0].Part).Select(row => $"{row.Row}: {string.Join('|', row.Cells.Select(cell => $"{cell.Key}={cell.Value}"))}").ToArray();

        Assert.Equal(["1: 0=plain|1=rich text", "7: 2=45983|3=made|5=two runs"], rows);
    }

    [Theory]
    [InlineData("<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;")]
    [InlineData("<!DOCTYPE worksheet [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>", "&b;")]
    public void Rows_EntitiesOfAStranger_AreRefused(string doctype, string text)
    {
        var path = Workbook($"{doctype}<worksheet {Main}><sheetData><row><c t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData></worksheet>");
        using var reader = XlsxReader.Open(path);

        var refusal = Assert.Throws<EvidenceException>(() => reader.Rows(reader.Sheets[0].Part).ToList());

        Assert.Equal(EvidenceError.BadInput, refusal.Error);
    }

    [Fact]
    public void Open_BombOfText_IsRefusedInLittleMemory()
    {
        // 600 MB of text that packs into less than one.
        var item = $"<si><t>{new string('a', 60_000)}</t></si>";
        var path = Workbook($"<worksheet {Main}><sheetData/></worksheet>", sharedTimes: 10_000, sharedItem: item);
        Assert.InRange(new FileInfo(path).Length, 0, 4 << 20);

        Assert.Contains("more text than any review", Assert.Throws<EvidenceException>(() => XlsxReader.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_CellWithoutEnd_IsRefused()
    {
        using var reader = XlsxReader.Open(Workbook($"<worksheet {Main}><sheetData><row><c t=\"str\"><v>{new string('a', 1 << 20)}</v></c></row></sheetData></worksheet>"));

        Assert.Throws<EvidenceException>(() => reader.Rows(reader.Sheets[0].Part).ToList());
    }

    [Theory]
    [InlineData("<c r=\"ZZZZZZZZZZZZ1\"><v>1</v></c>")]
    [InlineData("<c r=\"1\"><v>1</v></c>")]
    [InlineData("<c t=\"s\"><v>99</v></c>")]
    [InlineData("<c t=\"s\"><v>-1</v></c>")]
    [InlineData("<c t=\"s\"><v>x</v></c>")]
    [InlineData("<c><v>1</c>")]
    public void Rows_Nonsense_IsOneLine(string cell)
    {
        using var reader = XlsxReader.Open(Workbook($"<worksheet {Main}><sheetData><row>{cell}</row></sheetData></worksheet>"));

        var refusal = Assert.Throws<EvidenceException>(() => reader.Rows(reader.Sheets[0].Part).ToList());

        Assert.Contains("cannot be read as a workbook", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Open_NotAWorkbook_SaysWhatItIs()
    {
        Assert.Contains("is not an .xlsx file", Refusal("text"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("is not an .xlsx file", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("protected by a password", Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), StringComparison.Ordinal);
        Assert.Contains("cannot be read as a workbook", Refusal([.. "PK\u0003\u0004"u8, 1, 2, 3, 4, 5, 6, 7, 8]), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CutOffAnywhere_IsOneLine()
    {
        var whole = File.ReadAllBytes(Workbook($"<worksheet {Main}><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"));
        Gen.Int[0, whole.Length - 1].Sample(length => Assert.NotEmpty(Refusal(whole[..length])), iter: 100, threads: 1);
    }

    public void Dispose() => _folder.Dispose();

    private string Refusal(byte[] content)
    {
        File.WriteAllBytes(_folder.PathOf("broken.xlsx"), content);
        return Assert.Throws<EvidenceException>(() => XlsxReader.Open(_folder.PathOf("broken.xlsx"))).Message;
    }

    private string Workbook(string sheet, string? shared = null, int sharedTimes = 0, string sharedItem = "")
    {
        var path = _folder.PathOf($"{Guid.NewGuid()}.xlsx");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Put(archive, "xl/workbook.xml", $"<workbook {Main} {Ids}><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        Put(archive, "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"/xl/s.xml\"/></Relationships>");
        Put(archive, "xl/s.xml", sheet);
        if (shared is not null)
        {
            Put(archive, "xl/sharedStrings.xml", shared);
        }
        else if (sharedTimes > 0)
        {
            using var part = new StreamWriter(archive.CreateEntry("xl/sharedStrings.xml").Open(), new UTF8Encoding(false));
            part.Write($"<sst {Main}>");
            for (var i = 0; i < sharedTimes; i++)
            {
                part.Write(sharedItem);
            }

            part.Write("</sst>");
        }

        return path;
    }

    private static void Put(ZipArchive archive, string name, string content)
    {
        using var part = new StreamWriter(archive.CreateEntry(name).Open(), new UTF8Encoding(false));
        part.Write(content);
    }
}
