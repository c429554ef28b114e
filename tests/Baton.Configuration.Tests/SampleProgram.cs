using Baton.CommandLine;

namespace Baton.Configuration.Tests;

/// <summary>A program with two ways of authenticating, and sources made up for it.</summary>
internal sealed class SampleProgram : IDisposable
{
    public const string Basic = "basic-auth-flow-group";
    public const string ApiKey = "api-key-flow-group";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("baton-configuration-");

    public static ConfigurationDefinition Definition { get; } = new()
    {
        Names = new() { EnvironmentPrefix = "BATON_", FileNames = [".baton.yaml", ".baton.yml", ".baton"] },
        StandardFields =
        [
            new StringField("client-id"),
            new StringField("client-secret") { Secret = true },
            new BooleanField("provisioning") { Short = 'p' },
            new StringField("auth-method"),
            new IntegerField("task-concurrency") { Default = 3, Rules = new() { AtLeast = 1, AtMost = 100, CheckZero = true } },
            new StringField("log-format") { Default = "json" },
            new StringField("log-level") { Default = "info" },
            new StringsField("log-path"),
            new StringField("file") { Default = "sync.c1z", Short = 'f' },
            new IntegerField("workers"),
            new StringsField("sync-resource-types"),
            new StringsField("sync-resources"),
            new StringField("grant-entitlement") { Hidden = true },
            new StringField("revoke-grant") { Hidden = true },
            new StringField("create-account-profile") { Hidden = true },
            new BooleanField("get-ticket") { Hidden = true },
            new StringField("ticket-id") { Hidden = true },
            new IntegerField("health-check-port") { Default = 8081 },
            new IntegerField("http-timeout-seconds") { Default = 300, Rules = new() { AtLeast = 1, AtMost = 1800, CheckZero = true } },
        ],
        StandardRelationships =
        [
            FieldRelationship.Together("client-id", "client-secret"),
            FieldRelationship.Together("get-ticket", "ticket-id"),
            FieldRelationship.Exclusive("grant-entitlement", "revoke-grant", "get-ticket"),
            FieldRelationship.Exclusive("grant-entitlement", "revoke-grant"),
        ],
        GroupField = "auth-method",
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

    public static ConfigurationSchema Schema { get; } = new(Definition);

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string WorkingDirectory => _directory.FullName;

    public SampleProgram With(string variable, string value)
    {
        Environment[variable] = value;
        return this;
    }

    public SampleProgram WithFile(string text, string name = ".baton.yaml")
    {
        File.WriteAllText(Path.Combine(WorkingDirectory, name), text);
        return this;
    }

    /// <summary>Hostname and basic credentials, so that only what a test is about can be wrong.</summary>
    public SampleProgram WithCredentials()
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
            Name = "sample",
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
