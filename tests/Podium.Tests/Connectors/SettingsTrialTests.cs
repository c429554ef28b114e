using Baton.Testing.Grafana;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.Connectors;

/// <summary>Settings tried before they are kept: by the built baton-grafana, and by executables that behave as other connectors do.</summary>
public sealed class SettingsTrialTests
{
    private const string Password = "correct-horse-battery-staple";
    private const string Schema = """{"fields":[{"name":"base-url","displayName":"URL","isRequired":true,"stringField":{}},{"name":"api-key","displayName":"Key","isSecret":true,"isRequired":true,"stringField":{}}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Try_GoodSettings_WorksAndKeepsNothing()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { AdminPassword = Password }, Cancellation);
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server, ConnectorCatalog.GrafanaId);

        await server.Get<TryConnectorSettings>().RunAsync(connector.Id, Settings(grafana.BaseAddress, Password), Actor.System, Cancellation);

        Assert.Null(await server.Database.ReadAsync(context => context.Set<Connector>().Select(one => one.ProtectedSettings).SingleAsync(Cancellation)));
        Assert.True(!Directory.Exists(server.Server.Folder.FilePath("runs")) || Directory.GetDirectories(server.Server.Folder.FilePath("runs")).Length == 0);
        Assert.Equal("""{"works":true}""", await TriedAsync(server));
    }

    [Fact]
    public async Task Try_WrongPassword_NamesItAndCostsOneSignIn()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { AdminPassword = Password }, Cancellation);
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server, ConnectorCatalog.GrafanaId);

        var refusal = await Assert.ThrowsAsync<TrialRefusal>(
            () => server.Get<TryConnectorSettings>().RunAsync(connector.Id, Settings(grafana.BaseAddress, "wrong-password"), Actor.System, Cancellation));

        Assert.Equal("password", refusal.Field);
        // Grafana locks an account after five.
        Assert.Single(grafana.Requests.All, request => request.Status == 401);
        Assert.Contains("refuses the credential", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("""{"works":false}""", await TriedAsync(server));
    }

    [Fact]
    public async Task Try_NobodyAnswers_NamesTheAddress()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server, ConnectorCatalog.GrafanaId);

        var refusal = await Assert.ThrowsAsync<TrialRefusal>(
            () => server.Get<TryConnectorSettings>().RunAsync(connector.Id, Settings(new("http://127.0.0.1:1/"), Password), Actor.System, Cancellation));

        Assert.Equal("hostname", refusal.Field);
    }

    /// <summary>Connectors of other authors: what one writes, how it ends, and what is made of it.</summary>
    [Theory]
    [InlineData("echo all of it > trial.c1z; exit 0", null, null)]
    [InlineData("""echo '{"level":"error","error":"invalid resource type podium-probe in filter"}' >&2; exit 1""", null, null)]
    [InlineData("""echo '{"level":"error","msg":"error running connector","error":"401 Unauthorized: k-e-y-1"}' >&2; exit 1""", "api-key", "401 Unauthorized: •••")]
    [InlineData("""echo 'dial tcp: lookup example.invalid: no such host' >&2; exit 1""", "base-url", "Dial tcp: lookup example.invalid: no such host")]
    [InlineData("""echo 'base-url: must end with a slash' >&2; exit 2""", "base-url", "Base-url: must end with a slash")]
    [InlineData("exit 1", null, "The connector ended without a word.")]
    public async Task Try_OtherConnector_IsUnderstood(string script, string? field, string? message)
    {
        var folder = Directory.CreateTempSubdirectory("podium-catalog-");
        try
        {
            var executable = Path.Combine(folder.FullName, "baton-other");
            await File.WriteAllTextAsync(executable, $"#!/bin/sh\nif [ \"$1\" = config ]; then echo '{Schema}'; exit 0; fi\n{script}\n", Cancellation);
            File.SetUnixFileMode(executable, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, change: options => options with { CatalogDirectory = folder.FullName });
            var connector = await AddAsync(server, "baton-other");
            var trial = server.Get<TryConnectorSettings>().RunAsync(
                connector.Id, new Dictionary<string, string> { ["base-url"] = "https://example.invalid", ["api-key"] = "k-e-y-1" }, Actor.System, Cancellation);

            if (message is null)
            {
                await trial;
            }
            else
            {
                var refusal = await Assert.ThrowsAsync<TrialRefusal>(() => trial);
                Assert.Equal((field, message), (refusal.Field, refusal.Message));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Save_SomebodyElseSavedMeanwhile_IsTold()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server, ConnectorCatalog.GrafanaId);
        var save = server.Get<SaveConnectorSettings>();
        var values = Settings(new("http://127.0.0.1:1/"), Password);
        await save.RunAsync(connector.Id, values, Actor.System, Cancellation, new SettingsVersion(null));

        await Assert.ThrowsAsync<SettingsOvertaken>(() => save.RunAsync(connector.Id, values, Actor.System, Cancellation, new SettingsVersion(null)));

        var version = await server.Database.ReadAsync(context => context.Set<Connector>().Select(one => one.SettingsSavedAt).SingleAsync(Cancellation));
        await save.RunAsync(connector.Id, values, Actor.System, Cancellation, new SettingsVersion(version));
    }

    private static Dictionary<string, string> Settings(Uri address, string password)
        => new(StringComparer.Ordinal) { ["hostname"] = address.ToString(), ["username"] = "admin", ["password"] = password };

    private static Task<Connector> AddAsync(TestServer server, string catalogId)
        => server.Get<AddConnector>().RunAsync(new() { CatalogId = catalogId }, Actor.System, Cancellation);

    private static Task<string> TriedAsync(TestServer server) => server.Database.ReadAsync(
        context => context.Set<AuditRow>().Where(row => row.Kind == "connector.settings.tried").Select(row => row.Details).SingleAsync(Cancellation));
}
