using Baton.Documentation.Tests.Pages;

namespace Baton.Documentation.Tests.Commands;

/// <summary>The commands of the pages do what the pages say: they run, and end as they should.</summary>
public sealed class CommandTests(EarlierFiles earlier) : IClassFixture<EarlierFiles>
{
    public static TheoryData<string> Pages
        => [.. DocumentPage.All.Where(page => page.Blocks.Any(Runs)).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_ShellBlocks_RunInOrder(string path)
    {
        var page = DocumentPage.All.Single(page => page.Path == path);
        var missing = new[] { "curl", "jq" }.Where(tool => Walk.OnPath(tool) is null && page.Blocks.Where(Runs).Any(block => block.Text.Contains(tool + " ", StringComparison.Ordinal))).ToList();
        Assert.SkipWhen(missing.Count > 0, $"not on this machine: {string.Join(", ", missing)}; eng/install-prerequisites installs it");
        await using var walk = await Walk.StartAsync(earlier.Folder);

        foreach (var block in page.Blocks.Where(Runs))
        {
            await walk.RunAsync(block);
        }
    }

    [Fact]
    public async Task RunAsync_CommandThatFails_FailsTheTest()
    {
        await using var walk = await Walk.StartAsync(prepared: null);

        var wrong = await Assert.ThrowsAnyAsync<Exception>(() => walk.RunAsync(new("sh", "", "baton grants --file nothing.c1z\ntrue", "here")));

        Assert.Contains("nothing.c1z does not exist", wrong.Message, StringComparison.Ordinal);
    }

    private static bool Runs(CodeBlock block) => block is { IsShell: true, ReasonNotToRun: null };
}
