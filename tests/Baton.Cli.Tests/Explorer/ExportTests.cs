using System.Text.Json.Nodes;

namespace Baton.Cli.Tests.Explorer;

public sealed class ExportTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_WholeList_IsNotCutToAPage()
    {
        using var file = ExplorerFiles.Crowd(people: 1203);
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var lines = (await explorer.GetText("people?type=org&id=1&format=csv&limit=10&offset=5")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1204, lines.Length);
        Assert.StartsWith("account_name,login,email,account_id,", lines[0]);
        Assert.Equal("Person 00001,person.00001,person.00001@example.com,user:1,human,enabled,2026-11-20,3,,,Viewer,no,direct,yes,org:1:Viewer:user:1", lines[1]);
    }

    [Fact]
    public async Task Csv_Filtered_HasTheRowsThatAreShown()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var lines = (await explorer.GetText("accounts?flag=DORMANT&format=csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Bob Dormant,", lines[1]);
    }

    [Fact]
    public async Task Csv_NameThatIsAFormula_IsInert()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var text = await explorer.GetText("accounts?q=formula&format=csv");

        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", text);
    }

    [Theory]
    [InlineData("accounts?format=csv", "text/csv", "accounts.csv")]
    [InlineData("accounts?format=json", "application/json", "accounts.json")]
    [InlineData("accounts?format=xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "accounts.xlsx")]
    [InlineData("changes?format=xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "changes.xlsx")]
    [InlineData("resources?format=csv", "text/csv", "resources.csv")]
    [InlineData("access?type=user&id=1&format=csv", "text/csv", "access.csv")]
    [InlineData("people?type=org&id=1&format=json", "application/json", "people.json")]
    public async Task Export_AnyList_IsAFileToKeep(string path, string type, string name)
    {
        using var file = ExplorerFiles.TwoSyncs();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        using var answer = await explorer.Http.GetAsync($"api/{path}", Cancellation);

        answer.EnsureSuccessStatusCode();
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(name, answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    [Fact]
    public async Task Json_WholeList_HoldsEveryRowAndItsRawName()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var text = await explorer.GetText("accounts?format=json");

        // Also where somebody opens it as a page, it holds no markup.
        Assert.DoesNotContain("<script", text);
        var rows = JsonNode.Parse(text)!["items"]!.AsArray();
        Assert.Equal(9, rows.Count);
        Assert.Contains(rows, row => (string?)row!["name"] == ExplorerFiles.Script);
    }
}
