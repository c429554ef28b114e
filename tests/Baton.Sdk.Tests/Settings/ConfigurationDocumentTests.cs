using System.Text;
using System.Text.Json.Nodes;
using Baton.Configuration;
using Baton.Configuration.Validation;
using Baton.Sdk.Settings;

namespace Baton.Sdk.Tests.Settings;

public class ConfigurationDocumentTests
{
    [Fact]
    public async Task Write_Grafana_IsTheRecordedDocument()
    {
        await using var golden = typeof(ConfigurationDocumentTests).Assembly.GetManifestResourceStream("grafana-config.json")!;
        var expected = await JsonNode.ParseAsync(golden, cancellationToken: TestContext.Current.CancellationToken);

        var text = Write(GrafanaLike.Connector);

        Assert.Equal(expected!.ToJsonString(), JsonNode.Parse(text)!.ToJsonString());
        Assert.StartsWith("{\n  \"fields\": [\n    {\n      \"name\": \"log-level\",\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RulesAndConstraints_AreSpelledLikeTheirMessages()
    {
        var schema = new ConnectorSchema
        {
            DisplayName = "X",
            Fields =
            [
                new StringField("a") { Default = "u", Rules = new() { MinLength = 1, Prefix = "u", OneOf = ["u", "v"] } },
                new IntegerField("b") { Required = true, Rules = new() { GreaterThan = 3 } },
                new StringsField("c") { Default = ["x"], Required = true },
                new BooleanField("d") { Default = true },
                new StringField("e") { Export = FieldExport.None, Rules = new() { Format = StringFormat.Uuid } },
            ],
            Relationships =
            [
                FieldRelationship.Together("a", "b"),
                FieldRelationship.Exclusive("a", "e"),
                FieldRelationship.Dependent(["a"], ["c"]),
            ],
        };

        var document = JsonNode.Parse(Write(schema))!;

        Assert.Equal(
            """
            [{"name":"a","stringField":{"defaultValue":"u","rules":{"minLen":"1","prefix":"u","in":["u","v"]}}},
            {"name":"b","isRequired":true,"intField":{"rules":{"gt":"3","isRequired":true}}},
            {"name":"c","isRequired":true,"stringSliceField":{"defaultValue":["x"],"rules":{"isRequired":true}}},
            {"name":"d","boolField":{"defaultValue":true}}]
            """.ReplaceLineEndings(""),
            new JsonArray([.. document["fields"]!.AsArray().TakeLast(4).Select(field => field!.DeepClone())]).ToJsonString());
        Assert.Equal(
            """
            [{"kind":"CONSTRAINT_KIND_REQUIRED_TOGETHER","fieldNames":["a","b"]},
            {"kind":"CONSTRAINT_KIND_DEPENDENT_ON","fieldNames":["a"],"secondaryFieldNames":["c"]}]
            """.ReplaceLineEndings(""),
            document["constraints"]!.ToJsonString());
    }

    private static string Write(ConnectorSchema schema)
    {
        using var stream = new MemoryStream();
        ConfigurationDocument.Write(schema, StandardConfiguration.SchemaOf(schema, new StartupFacts(OutputIsTerminal: false, DateTimeOffset.UnixEpoch)), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
