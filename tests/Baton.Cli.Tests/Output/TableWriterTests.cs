using Baton.Cli.Output;

namespace Baton.Cli.Tests.Output;

public sealed class TableWriterTests
{
    [Fact]
    public void Write_WideCharacters_AreAligned()
        => Assert.Equal(
            [
                "Name   Size",
                "字字   1",
                "Zoe\u0308    22",
                "ascii  333",
            ],
            Print(null, [("字字", "1"), ("Zoe\u0308", "22"), ("ascii", "333")]));

    [Fact]
    public void Write_Numbers_StandAtTheRight()
        => Assert.Equal(
            ["Name  Size", "a        1", "b      333"],
            Print(null, [("a", "1"), ("b", "333")], number: true));

    [Fact]
    public void Write_NoTerminal_CutsNothing()
    {
        var name = new string('x', 500);

        Assert.Equal($"{name}  1", Print(null, [(name, "1")])[1]);
    }

    [Fact]
    public void Write_WiderThanMeasured_StillWhole()
    {
        var rows = Enumerable.Repeat(("short", "1"), 1000).Append((new string('x', 50), "2"));

        Assert.Equal($"{new string('x', 50)}  2", Print(null, rows)[^1]);
    }

    [Fact]
    public void Write_NarrowTerminal_CutsTheWidestColumn()
        => Assert.Equal(
            ["Name                            Size", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxx…  12345678"],
            Print(new Terminal(Width: 40, Colours: false), [(new string('x', 100), "12345678")]));

    [Fact]
    public void Write_VeryNarrowTerminal_KeepsNamesRecognisable()
        => Assert.Equal(
            "xxxxxxxxxxx…  12345678",
            Print(new Terminal(Width: 5, Colours: false), [(new string('x', 100), "12345678")])[1]);

    [Fact]
    public void Write_NarrowTerminal_KeepsAWholeColumnWhole()
        => Assert.Equal(
            ["Name          Size", "xxxxxxxxxxx…  12345678901234567890"],
            Print(new Terminal(Width: 30, Colours: false), [(new string('x', 100), "12345678901234567890")], whole: true));

    [Theory]
    [InlineData("字漢字漢字漢字漢字漢字漢字", "字漢字漢字…   1")]
    [InlineData("😀😀😀😀😀😀😀😀", "😀😀😀😀😀…   1")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301…  1")]
    [InlineData("אבגדהוזחטיכלמנ", "אבגדהוזחטיכ…  1")]
    [InlineData("a\u001b[2Jb\u202ecdefgh", "a\\u001b[2Jb…  1")]
    public void Write_NarrowTerminal_CutsByCellsAndNeverSendsControls(string name, string expected)
        => Assert.Equal(expected, Print(new Terminal(Width: 16, Colours: false), [(name, "1")])[1]);

    [Fact]
    public void Write_TerminalWithColours_HasABoldHeader()
        => Assert.Equal(["\u001b[1mName  Size\u001b[0m", "a     1"], Print(new Terminal(Width: null, Colours: true), [("a", "1")]));

    [Fact]
    public void End_NoRows_PrintsTheHeader() => Assert.Equal(["Name  Size"], Print(null, []));

    private static string[] Print(Terminal? terminal, IEnumerable<(string Name, string Size)> rows, bool number = false, bool whole = false)
    {
        using var output = new StringWriter();
        var table = new TableWriter<(string Name, string Size)>(
            output, [new("Name", row => row.Name), new("Size", row => row.Size) { IsNumber = number, IsWhole = whole }], terminal);
        foreach (var row in rows)
        {
            table.Write(row);
        }

        table.End();
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
