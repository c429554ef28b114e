using Baton.Documentation.Tests.Pages;

namespace Baton.Documentation.Tests.Samples;

/// <summary>What the page about connectors shows is what is compiled. That it runs is tested with the commands of the page.</summary>
public sealed class SampleTests
{
    private static readonly DocumentPage Page = DocumentPage.All.Single(page => page.Path == "docs/writing-a-connector.md");

    [Fact]
    public void Page_Code_IsThatOfTheSample()
    {
        var sources = Repository.Sources("samples/Baton.Sample").Select(File.ReadAllText).ToList();
        var blocks = Page.Blocks.Where(block => block.Language == "csharp").ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.True(sources.Exists(source => source.Contains(block.Text.TrimEnd(), StringComparison.Ordinal)), $"{block.Place}: no file of the sample has\n{block.Text}"));
    }

    [Fact]
    public void Page_Interfaces_AreThoseThatATypeCanHave()
    {
        var connectors = typeof(Sdk.Connectors.IResourceSyncer).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && type.Namespace == "Baton.Sdk.Connectors" && type.Name is not ("IConnector" or "ISyncContext"));

        Assert.All(connectors, type => Assert.Contains($"`{type.Name}`", Page.Text, StringComparison.Ordinal));
    }
}
