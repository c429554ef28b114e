using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baton.Evidence.Sheets.Inputs;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Review;

/// <summary>Whoever can choose a name in the target system must gain nothing by it in any format.</summary>
public sealed partial class HostileNamesTests : IDisposable
{
    private static readonly string[] Names =
    [
        "=HYPERLINK(\"http://evil.example\",\"click\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\ttab", "\rreturn", "two\nlines", "a,b;c\"d",
        "<script>alert(1)</script>", "</td><img src=x onerror=alert(1)>", "\" onmouseover=\"x", "ünï 漢字 🦄", "\u202Egnp.exe", "\u001b[31mred", "'=1", "_x0041_", "]]>",
    ];

    private readonly ReviewRun _run = new();
    private readonly TemporaryFile _file = Make();

    [Fact]
    public async Task Csv_Formulas_AreTexts()
    {
        var rows = await _run.Rows(_file.Path);

        Assert.Equal(Names.Length, rows.Count);
        Assert.All(rows.SelectMany(row => row.Values), cell => Assert.False(cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r'));
        Assert.Contains(rows, row => row["account_name"] == "'" + Names[0]);
    }

    [Fact]
    public async Task Csv_Raw_LeavesThem() => Assert.Contains(await _run.Rows(_file.Path, "--raw"), row => row["account_name"] == Names[0]);

    [Fact]
    public async Task Xlsx_Formulas_AreTexts()
    {
        var path = _run.Path("review.xlsx");
        (await Cli.Run("review", "-f", _file.Path, "--out", path, "--as-of", ReviewRun.AsOf)).Succeeded();

        using var workbook = XlsxReader.Open(path);
        var names = workbook.Rows(workbook.Sheets.Single(sheet => sheet.Name == "Review").Part).Select(row => row.Cells[1]).ToList();
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(path, isEditable: false);
        var formulas = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>()).Select(formula => formula.Text).ToList();

        Assert.All(Names, name => Assert.Contains(names, found => found == name));
        Assert.All(formulas, formula => Assert.DoesNotContain("HYPERLINK", formula, StringComparison.Ordinal));
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => error.Description));
    }

    [Fact]
    public async Task Html_Markup_IsText()
    {
        var html = await _run.Text(_file.Path, "html");

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onmouseover", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", html, StringComparison.Ordinal);
        Assert.Contains("&#60;script&#62;alert(1)&#60;/script&#62;", html, StringComparison.Ordinal);
        Assert.Contains("ünï 漢字 🦄", html, StringComparison.Ordinal);
        Assert.Equal(Names.Length, RowId().Count(html));
    }

    [Fact]
    public async Task Json_Names_AreKeptToTheLetter()
    {
        var names = JsonNode.Parse(await _run.Text(_file.Path, "json"))!["rows"]!.AsArray().Select(row => (string)row!["accountName"]!).ToList();

        Assert.All(Names, name => Assert.Contains(names, found => found == name));
    }

    public void Dispose()
    {
        _run.Dispose();
        _file.Dispose();
    }

    [GeneratedRegex("<br>r[0-9a-f]{16}</small>")]
    private static partial Regex RowId();

    private static TemporaryFile Make()
    {
        var org = TemporaryFile.Resource("org", "1", "=1+1<b>");
        var admin = TemporaryFile.Entitlement(org, "Admin");
        var people = Names.Select((name, i) => TemporaryFile.User($"{i}", name)).ToList();
        return TemporaryFile.Of(sync =>
        {
            sync.Put([Types.User, Types.Org]);
            sync.Put((Resource[])[org, .. people]);
            sync.Put([admin]);
            sync.Put(people.Select(person => TemporaryFile.Grant(admin, person)).ToList());
        });
    }
}
