using Baton.CommandLine;
using Baton.Sdk.Configuration;

namespace Baton.Sdk.Tests.Configuration;

public class ConfigurationSchemaTests
{
    [Fact]
    public async Task Flags_InHelp_NameTheirVariables()
    {
        var help = await HelpAsync(outputIsTerminal: false);

        Assert.Contains(" ($BATON_AUTH_METHOD)\n", help, StringComparison.Ordinal);
        Assert.Contains("required: The Grafana instance URL used to connect to the Grafana API. ($BATON_HOSTNAME)\n", help, StringComparison.Ordinal);
        Assert.Contains("  -f, --file string ", help, StringComparison.Ordinal);
        Assert.Contains("($BATON_HEALTH_CHECK_PORT) (default 8081)\n", help, StringComparison.Ordinal);
        Assert.Contains("($BATON_LOG_FORMAT) (default \"json\")\n", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--grant-entitlement", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_OnATerminal_LogForPeople()
        => Assert.Contains("($BATON_LOG_FORMAT) (default \"console\")\n", await HelpAsync(outputIsTerminal: true), StringComparison.Ordinal);

    [Fact]
    public void Fields_EventFeed_StartsADayAgo()
    {
        var field = Assert.IsType<StringField>(GrafanaLike.Schema.Find("event-feed-start-at"));

        Assert.Equal("2026-11-22T10:09:39Z", field.Default);
    }

    [Fact]
    public void Constructor_ContradictorySchema_IsRefused()
    {
        var sound = GrafanaLike.Connector;
        Refuse(sound with { Fields = [.. sound.Fields, new StringField("hostname")] }, "defined twice");
        Refuse(sound with { Fields = [.. sound.Fields, new StringField("file")] }, "defined twice");
        Refuse(sound with { Groups = [new() { Name = "x", Fields = ["nosuch"] }] }, "no field nosuch");
        Refuse(sound with { Relationships = [FieldRelationship.Dependent(["hostname"], ["nosuch"])] }, "no field nosuch");
        Refuse(sound with { Groups = [.. sound.Groups, sound.Groups[0]] }, "more than one");
    }

    private static void Refuse(ConnectorSchema schema, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new ConfigurationSchema(schema, new StartupFacts(false, DateTimeOffset.UnixEpoch)));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string> HelpAsync(bool outputIsTerminal)
    {
        var output = new StringWriter { NewLine = "\n" };
        var root = new CommandDefinition { Name = "x", Flags = GrafanaLike.WithFacts(outputIsTerminal).Flags };
        await new CommandRunner(root, output, TextWriter.Null).RunAsync(["--help"], TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
