using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Baton.Deployment.Tests.Monitoring;

/// <summary>The dashboard and the alerts look at what the connector measures.</summary>
public sealed partial class MonitoringTests
{
    // What the translation gives to every series of a target.
    private static readonly string[] OfTheTarget = ["job", "instance"];

    private static readonly IReadOnlyDictionary<string, PrometheusMetric> Known = PrometheusMetric.BySeries();
    private static readonly string Alerts = Repository.PathOf("deploy", "grafana", "alerts.yaml");
    private static readonly Tool Promtool = new("promtool");

    public static TheoryData<string, string> Queries() => new(DashboardQueries().Concat(AlertQueries()));

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_Names_AreThoseOfTheConnector(string title, string text)
    {
        var query = Query.Read(text);

        Assert.NotEmpty(query.Metrics);
        Assert.All(query.Metrics, metric => Assert.True(Known.ContainsKey(metric), $"{title}: nothing is measured as {metric}."));
        var labels = query.Metrics.SelectMany(metric => Known[metric].Labels).Concat(OfTheTarget).ToHashSet(StringComparer.Ordinal);
        Assert.All(query.Labels, label => Assert.True(labels.Contains(label), $"{title}: {string.Join(" and ", query.Metrics.Distinct())} have no label {label}."));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_ValuesOfOurOwnLabels_AreWordsOfTheConnector(string title, string text)
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("src", "Baton.Sdk"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.PathOf("src", "Baton.C1z"), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText).ToList();

        foreach (var (label, value) in Query.Read(text).Values.Where(each => each.Label is "baton_outcome" or "baton_sync_type" or "baton_retry_reason"))
        {
            Assert.All(value.Split('|'), word => Assert.True(sources.Exists(source => source.Contains($"\"{word}\"", StringComparison.Ordinal)), $"{title}: {label} is never '{word}'."));
        }
    }

    [Fact]
    public void Dashboard_Shows_EverythingThatIsMeasured()
    {
        var shown = DashboardQueries().SelectMany(each => Query.Read(each.Item2).Metrics).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Known.Values.Distinct().Where(metric => !metric.Series.Any(shown.Contains)).Select(metric => metric.Series[0]));
    }

    [Fact]
    public void Dashboard_Panels_HaveIdsOfTheirOwnAndUseItsDataSource()
    {
        using var dashboard = Dashboard();
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var variables = dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Select(each => each.GetProperty("name").GetString()).ToList();
        Assert.Equal(["datasource", "job"], variables);
        Assert.All(panels.Where(panel => panel.GetProperty("type").GetString() != "row"), panel =>
        {
            Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString());
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.Contains("job=~\"$job\"", target.GetProperty("expr").GetString(), StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Alerts_Texts_UseLabelsThatTheQueryLeaves()
    {
        foreach (var rule in Rules())
        {
            var query = Query.Read((string)rule["expr"]!);
            var text = string.Join(' ', ((Dictionary<object, object>)rule["annotations"]).Values);
            Assert.All(Mention().Matches(text).Select(match => match.Groups["label"].Value), label => Assert.Contains(label, query.Labels));
            Assert.Contains(((Dictionary<object, object>)rule["labels"])["severity"], new[] { "info", "warning", "critical" });
        }
    }

    [Fact]
    public async Task Alerts_PrometheusOwnTool_AcceptsThemAndSeesThemFire()
    {
        await Promtool.RunAsync("check", "rules", Alerts);
        await Promtool.RunAsync("test", "rules", Repository.PathOf("deploy", "grafana", "alerts.test.yaml"));
    }

    [Fact]
    public void Alerts_Each_IsExplainedOnThePage()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "deploy", "monitoring.md"));

        Assert.Equal(
            Rules().Select(rule => (string)rule["alert"]!),
            ExplainedAlert().Matches(page).Select(match => match.Groups["name"].Value));
    }

    private static List<(string, string)> DashboardQueries()
    {
        using var dashboard = Dashboard();
        var queries = new List<(string, string)>();
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)))
        {
            queries.AddRange(panel.GetProperty("targets").EnumerateArray().Select(target => (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!)));
        }

        return queries;
    }

    private static IEnumerable<(string, string)> AlertQueries() => Rules().Select(rule => ((string)rule["alert"]!, (string)rule["expr"]!));

    private static IEnumerable<Dictionary<object, object>> Rules()
    {
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<Dictionary<string, object>>>>(File.ReadAllText(Alerts));
        return file["groups"].SelectMany(group => (List<object>)group["rules"]).Cast<Dictionary<object, object>>();
    }

    private static JsonDocument Dashboard() => JsonDocument.Parse(File.ReadAllText(Repository.PathOf("deploy", "grafana", "dashboard.json")));

    [GeneratedRegex(@"\$labels\.(?<label>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Mention();

    [GeneratedRegex(@"^\| `(?<name>Baton\w+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ExplainedAlert();
}
