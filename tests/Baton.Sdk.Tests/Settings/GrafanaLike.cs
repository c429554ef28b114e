using Baton.CommandLine;
using Baton.Configuration;
using Baton.Sdk.Settings;

namespace Baton.Sdk.Tests.Settings;

/// <summary>The schema of a connector with two ways of authenticating, and sources made up for it.</summary>
internal sealed class GrafanaLike : IDisposable
{
    public const string Basic = "basic-auth-flow-group";
    public const string ApiKey = "api-key-flow-group";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("baton-configuration-");

    public static ConnectorSchema Connector { get; } = new()
    {
        DisplayName = "Grafana",
        HelpUrl = "/docs/baton/grafana",
        IconUrl = "/static/app-icons/grafana.svg",
        Fields =
        [
            new StringField("hostname")
            {
                DisplayName = "Instance URL",
                Description = "The Grafana instance URL used to connect to the Grafana API.",
                Placeholder = "https://grafana.example.com",
                Required = true,
            },
            new StringField("username")
            {
                DisplayName = "Username",
                Description = "The Grafana username used to connect to the Grafana API.",
                Required = true,
            },
            new StringField("password")
            {
                DisplayName = "Password",
                Description = "The Grafana password used to connect to the Grafana API.",
                Required = true,
                Secret = true,
            },
            new StringField("api-token")
            {
                DisplayName = "API Token",
                Description = "Grafana Cloud service account token. When set, the connector uses Bearer authentication (Cloud mode). "
                    + "Leave empty for self-hosted Grafana.",
                Required = true,
                Secret = true,
            },
            new BooleanField("sync-service-account-tokens")
            {
                DisplayName = "Sync Service Account Tokens",
                Description = "Enable syncing Grafana service-account tokens and issuing and revoking them. Requires the connector's Grafana "
                    + "credential to hold serviceaccounts:read and serviceaccounts:write, and the service_account_token resource type to be "
                    + "selected for sync.",
            },
        ],
        Groups =
        [
            new()
            {
                Name = Basic,
                DisplayName = "Basic Authentication",
                HelpText = "Use the Basic Auth Flow for authentication.",
                Fields = ["username", "password", "hostname"],
                Default = true,
            },
            new()
            {
                Name = ApiKey,
                DisplayName = "API Key",
                HelpText = "Use an API Key with an expiration date for authentication.",
                Fields = ["api-token", "hostname"],
            },
        ],
    };

    public static ConfigurationSchema Schema { get; } = WithFacts(outputIsTerminal: false);

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string WorkingDirectory => _directory.FullName;

    public static ConfigurationSchema WithFacts(bool outputIsTerminal)
        => StandardConfiguration.SchemaOf(Connector, new StartupFacts(outputIsTerminal, new DateTimeOffset(2026, 11, 23, 11, 9, 39, TimeSpan.FromHours(1))));

    public GrafanaLike With(string variable, string value)
    {
        Environment[variable] = value;
        return this;
    }

    public GrafanaLike WithFile(string text, string name = ".baton.yaml")
    {
        File.WriteAllText(Path.Combine(WorkingDirectory, name), text);
        return this;
    }

    /// <summary>Hostname and basic credentials, so that only what a test is about can be wrong.</summary>
    public GrafanaLike WithCredentials()
        => With("BATON_HOSTNAME", "https://g").With("BATON_USERNAME", "admin").With("BATON_PASSWORD", "hunter2");

    public async Task<ResolvedConfiguration> ResolveAsync(params string[] words)
        => new ConfigurationResolver(Schema).Resolve(await SourcesAsync(words));

    public async Task<ResolvedConfiguration> ReadAsync(params string[] words)
        => new ConfigurationResolver(Schema).Read(await SourcesAsync(words));

    public async Task<IReadOnlyList<string>> ProblemsAsync(params string[] words)
        => (await Assert.ThrowsAsync<ConfigurationException>(() => ResolveAsync(words))).Problems;

    public async Task<ConfigurationSources> SourcesAsync(params string[] words)
    {
        var flags = FlagValues.None;
        var root = new CommandDefinition
        {
            Name = "baton-grafana",
            Flags = Schema.Flags,
            Handler = (invocation, _) =>
            {
                flags = invocation.Flags;
                return Task.FromResult(0);
            },
        };
        await new CommandRunner(root, TextWriter.Null, TextWriter.Null).RunAsync(words, TestContext.Current.CancellationToken);
        return new()
        {
            Flags = flags,
            Environment = name => Environment.GetValueOrDefault(name),
            WorkingDirectory = WorkingDirectory,
        };
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
