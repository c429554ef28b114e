using System.Text.RegularExpressions;
using Baton.Configuration;
using Baton.Grafana;
using Baton.Sdk.Settings;

namespace Baton.Deployment.Tests;

/// <summary>What the connector reads: its fields, and the variables that are no fields.</summary>
internal static partial class KnownSettings
{
    private static readonly ConfigurationSchema Schema = StandardConfiguration.SchemaOf(GrafanaSchema.Create(), new StartupFacts(OutputIsTerminal: false, DateTimeOffset.UnixEpoch));

    public static IReadOnlySet<string> Variables { get; } = Schema.Fields.Select(field => Schema.Names.VariableOf(field.Name)).Concat(Literals()).ToHashSet(StringComparer.Ordinal);

    public static IReadOnlySet<string> Secrets { get; } = Schema.Fields.Where(field => field.Secret).Select(field => Schema.Names.VariableOf(field.Name)).ToHashSet(StringComparer.Ordinal);

    public static void Has(IEnumerable<string> variables)
    {
        foreach (var variable in variables.Where(variable => variable.StartsWith("BATON_", StringComparison.Ordinal)))
        {
            Assert.True(Variables.Contains(variable), $"The connector knows nothing of {variable}.");
        }
    }

    private static IEnumerable<string> Literals()
        => Directory.EnumerateFiles(Repository.PathOf("src", "Baton.Sdk"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value));

    [GeneratedRegex("\"(?<name>BATON_[A-Z0-9_]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();
}
