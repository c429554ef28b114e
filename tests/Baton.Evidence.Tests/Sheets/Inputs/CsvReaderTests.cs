using Baton.Evidence.Sheets;
using Baton.Evidence.Sheets.Inputs;
using Baton.Evidence.Tests.Files;
using CsCheck;

namespace Baton.Evidence.Tests.Sheets.Inputs;

public sealed class CsvReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_WhatWasWritten_ComesBack()
    {
        var cell = Gen.Char["ab,;\t\"\r\n =é漢"].Array[0, 6].Select(characters => new string(characters));
        Gen.Select(cell.Array[2, 4], Gen.Bool.Select(isLong => isLong ? "\r\n" : "\n")).Sample((cells, newLine) =>
        {
            using var text = new StringWriter();
            var csv = new CsvWriter(text, new CsvDialect { NewLine = newLine, KeepFormulas = true });
            csv.Row("one", "two", "three");
            csv.Row(cells);
            using var reader = CsvReader.Open(_folder.Write("test.csv", text.ToString()));

            Assert.Equal(["one", "two", "three"], reader.Read()!.ToArray());
            var isEmpty = Array.TrueForAll(cells, value => value.Length == 0);
            Assert.Equal(isEmpty ? null : cells, reader.Read()?.ToArray());
        }, threads: 1);
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a;b\r\n1;2\r\n")]
    [InlineData("a\tb\r1\t2")]
    [InlineData("sep=;\na;b\n1;2")]
    [InlineData("\uFEFFa,b\n\n1,2\n\n")]
    public void Read_WhatSpreadsheetsWrite_IsTheSame(string text)
    {
        using var reader = CsvReader.Open(_folder.Write("test.csv", text));

        Assert.Equal(["a", "b"], reader.Read()!.ToArray());
        Assert.Equal(["1", "2"], reader.Read()!.ToArray());
        Assert.Null(reader.Read());
    }

    [Fact]
    public void Read_QuoteNeverClosed_NamesTheRow()
    {
        using var reader = CsvReader.Open(_folder.Write("test.csv", "a,b\n1,\"2\n3,4\n"));
        reader.Read();

        var refusal = Assert.Throws<EvidenceException>(reader.Read);

        Assert.Contains("row 2: a quotation mark is opened and never closed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(EvidenceError.BadInput, refusal.Error);
    }

    [Fact]
    public void Read_OtherEncoding_SaysWhatToDo()
    {
        File.WriteAllBytes(_folder.PathOf("test.csv"), [.. "a,b\n1,"u8, 0xE9, (byte)'\n']);
        using var reader = CsvReader.Open(_folder.PathOf("test.csv"));

        var refusal = Assert.Throws<EvidenceException>(() =>
        {
            reader.Read();
            reader.Read();
        });

        Assert.Contains("save the sheet as \"CSV UTF-8\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndlessCell_IsRefused()
    {
        using var reader = CsvReader.Open(_folder.Write("test.csv", "a,b\n1," + new string('x', 5 << 20)));
        reader.Read();

        Assert.Contains("is longer than", Assert.Throws<EvidenceException>(reader.Read).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
