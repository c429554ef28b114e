using Baton.CommandLine;
using Baton.Configuration;

namespace Baton.Sdk.Tests.Settings;

public sealed class StandardConfigurationTests : IDisposable
{
    private readonly GrafanaLike _grafana = new GrafanaLike().WithCredentials();

    public void Dispose() => _grafana.Dispose();

    [Theory]
    [InlineData(
        "if any flags in the group [client-id client-secret] are set they must all be set; missing [client-secret]", "--client-id", "a")]
    [InlineData(
        "if any flags in the group [grant-entitlement grant-principal] are set they must all be set; missing [grant-principal]",
        "--grant-entitlement", "e", "--grant-principal-type", "user")]
    [InlineData(
        "if any flags in the group [diff-syncs base-sync-id applied-sync-id] are set they must all be set; missing [applied-sync-id base-sync-id]",
        "--diff-syncs=false")]
    [InlineData(
        "if any flags in the group [compact-syncs compact-sync-ids compact-file-paths compact-output-path] are set they must all be set; "
            + "missing [compact-file-paths compact-syncs]",
        "--compact-output-path", "", "--compact-sync-ids", "a")]
    [InlineData(
        "if any flags in the group [grant-entitlement revoke-grant create-account-email delete-resource-type rotate-credentials-type "
            + "event-feed diff-syncs compact-syncs list-ticket-schemas] are set none of the others can be; "
            + "[grant-entitlement revoke-grant] were all set",
        "--revoke-grant", "g", "--grant-entitlement", "e", "--grant-principal", "p")]
    [InlineData(
        "if any flags in the group [grant-entitlement revoke-grant create-account-login delete-resource rotate-credentials event-feed "
            + "create-ticket get-ticket list-ticket-schemas bulk-create-ticket] are set none of the others can be; "
            + "[create-account-login delete-resource] were all set",
        "--create-account-login", "l", "--delete-resource", "r")]
    public async Task FindProblems_OneRuleBroken_IsOneLine(string message, params string[] words)
        => Assert.Equal([message], await _grafana.ProblemsAsync(words));

    [Fact]
    public async Task FindProblems_VariableOrFile_CountsAsSet()
    {
        const string Message = "if any flags in the group [client-id client-secret] are set they must all be set; missing [client-secret]";

        Assert.Equal([Message], await _grafana.WithFile("client-id: a").ProblemsAsync());
        Assert.Equal([Message], await _grafana.WithFile("").With("BATON_CLIENT_ID", "a").ProblemsAsync());
        Assert.NotNull(await _grafana.With("BATON_CLIENT_SECRET", "b").ResolveAsync());
    }

    [Fact]
    public async Task FindProblems_UnrelatedOperations_PassAsUpstream()
        => Assert.NotNull(await _grafana.ResolveAsync("--invoke-action", "a", "--delete-resource", "b", "--health-check-port", "1"));

    [Fact]
    public async Task Flags_OnATerminal_LogForPeople()
        => Assert.Contains("($BATON_LOG_FORMAT) (default \"console\")\n", await HelpAsync(outputIsTerminal: true), StringComparison.Ordinal);

    [Fact]
    public void Fields_EventFeed_StartsADayAgo()
    {
        var field = Assert.IsType<StringField>(GrafanaLike.Schema.Find("event-feed-start-at"));

        Assert.Equal("2026-11-22T10:09:39Z", field.Default);
    }

    private static async Task<string> HelpAsync(bool outputIsTerminal)
    {
        var output = new StringWriter { NewLine = "\n" };
        var root = new CommandDefinition { Name = "x", Flags = GrafanaLike.WithFacts(outputIsTerminal).Flags };
        await new CommandRunner(root, output, TextWriter.Null).RunAsync(["--help"], TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
