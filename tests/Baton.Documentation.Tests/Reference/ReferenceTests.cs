namespace Baton.Documentation.Tests.Reference;

public sealed class ReferenceTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("BATON_UPDATE_REFERENCE") == "true";

    public static TheoryData<string> Pages => ["docs/reference/baton-grafana.md", "docs/reference/baton.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Reference_Page_IsWhatTheDefinitionsSay(string path)
    {
        var expected = path.EndsWith("grafana.md", StringComparison.Ordinal) ? ReferencePage.OfConnector() : ReferencePage.OfBaton();
        var full = Repository.PathOf(path);
        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, expected);
        }

        var actual = File.Exists(full) ? File.ReadAllText(full) : "";
        Assert.True(expected == actual, $"{path} is out of date; run {ReferencePage.Command}\n{FirstDifference(expected, actual)}");
    }

    [Fact]
    public void Reference_EveryFlag_IsThere()
    {
        var connector = ReferencePage.OfConnector();

        Assert.All(Names.Definitions.Settings.Fields, field => Assert.Contains($"`--{field.Name}` | `{Names.Definitions.Settings.Names.VariableOf(field.Name)}`", connector, StringComparison.Ordinal));
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (there, here) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(there.Length, here.Length)).FirstOrDefault(index => there.ElementAtOrDefault(index) != here.ElementAtOrDefault(index));
        return $"line {line + 1} is\n   {here.ElementAtOrDefault(line)}\nand should be\n   {there.ElementAtOrDefault(line)}";
    }
}
