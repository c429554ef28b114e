using Baton.CommandLine;

namespace Baton.Configuration.Tests;

public class ConfigurationSchemaTests
{
    [Fact]
    public async Task Flags_InHelp_NameTheirVariables()
    {
        var help = await HelpAsync();

        Assert.Contains(" ($BATON_AUTH_METHOD)\n", help, StringComparison.Ordinal);
        Assert.Contains("required: The Grafana instance URL used to connect to the Grafana API. ($BATON_HOSTNAME)\n", help, StringComparison.Ordinal);
        Assert.Contains("  -f, --file string ", help, StringComparison.Ordinal);
        Assert.Contains("($BATON_HEALTH_CHECK_PORT) (default 8081)\n", help, StringComparison.Ordinal);
        Assert.Contains("($BATON_LOG_FORMAT) (default \"json\")\n", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--grant-entitlement", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ContradictorySchema_IsRefused()
    {
        var sound = SampleProgram.Definition;
        Refuse(sound with { Fields = [.. sound.Fields, new StringField("hostname")] }, "defined twice");
        Refuse(sound with { Fields = [.. sound.Fields, new StringField("file")] }, "defined twice");
        Refuse(sound with { Groups = [new() { Name = "x", Fields = ["nosuch"] }] }, "no field nosuch");
        Refuse(sound with { Relationships = [FieldRelationship.Dependent(["hostname"], ["nosuch"])] }, "no field nosuch");
        Refuse(sound with { StandardRelationships = [FieldRelationship.Exclusive("hostname", "nosuch")] }, "no field nosuch");
        Refuse(sound with { Groups = [.. sound.Groups, sound.Groups[0]] }, "more than one");
        Refuse(sound with { GroupField = null }, "no text field");
        Refuse(sound with { GroupField = "workers" }, "no text field");
    }

    private static void Refuse(ConfigurationDefinition definition, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new ConfigurationSchema(definition));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string> HelpAsync()
    {
        var output = new StringWriter { NewLine = "\n" };
        var root = new CommandDefinition { Name = "x", Flags = SampleProgram.Schema.Flags };
        await new CommandRunner(root, output, TextWriter.Null).RunAsync(["--help"], TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
