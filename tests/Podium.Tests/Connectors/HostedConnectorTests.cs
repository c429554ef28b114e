using System.Diagnostics;
using System.Text;
using Baton.Testing.Grafana;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Inventory;
using Podium.Tests.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.Connectors;

/// <summary>The built baton-grafana as podium's child, against a Grafana on a real socket; nothing is replaced.</summary>
public sealed class HostedConnectorTests : IAsyncLifetime
{
    private const string Password = "correct-horse-battery-staple";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private FakeGrafana _grafana = null!;

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _grafana = await FakeGrafana.StartAsync(new() { AdminPassword = Password }, Cancellation);
        var second = _grafana.AddOrganization("Second");
        for (var index = 0; index < 20; index++)
        {
            _grafana.AddMember(second, _grafana.AddUser($"user{index}"), GrafanaRole.Editor);
        }
    }

    public ValueTask DisposeAsync() => _grafana.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Save_GoodSettings_SyncsEverythingAndKeepsTheSecret(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var connector = await AddAsync(server);
        await SaveAsync(server, connector.Id, Password);

        var row = await WaitAsync(server, connector.Id, one => one.Chip == ConnectorChip.Connected && one.ProvisioningOn is not null);

        Assert.True(row.ProvisioningOn);
        Assert.Equal((21L, null), (await AccountsAsync(server, connector.Id), row.Error));
        var folder = Directory.GetDirectories(server.Server.Folder.FilePath("runs")).Single();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "config.yaml")));
        await using (var context = server.Database.Open())
        {
            Assert.DoesNotContain(await context.Set<ConnectorLine>().Select(line => line.Text).ToListAsync(Cancellation), line => line.Contains(Password, StringComparison.Ordinal));
            Assert.DoesNotContain(await context.Set<AuditRow>().Select(audit => audit.Details).ToListAsync(Cancellation), details => details.Contains(Password, StringComparison.Ordinal));
            var stored = await context.Set<Connector>().Select(one => one.ProtectedSettings).SingleAsync(Cancellation);
            Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Password)));
        }

        await server.Server.Services.GetRequiredService<PauseConnector>().RunAsync(connector.Id, Actor.System, Cancellation);
        await WaitAsync(server, connector.Id, _ => !Directory.Exists(folder));
    }

    [Fact]
    public async Task Save_WrongPassword_SaysWhatToDo()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server);
        await SaveAsync(server, connector.Id, "wrong-password");

        var row = await WaitAsync(server, connector.Id, one => one.Chip == ConnectorChip.Error);

        Assert.Contains("credentials", row.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", row.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_Killed_IsStartedAgainAndTheSyncGoesOn()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server);
        await SaveAsync(server, connector.Id, Password);
        var hosted = server.Server.Services.GetRequiredService<HostedConnectors>();
        await WaitAsync(server, connector.Id, _ => hosted.ProcessId(connector.Id) is not null);
        var first = hosted.ProcessId(connector.Id)!.Value;
        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
        }

        await WaitAsync(server, connector.Id, one => hosted.ProcessId(connector.Id) is { } next && next != first && one.LastSync?.State == SyncState.Applied);

        Assert.Equal(21, await AccountsAsync(server, connector.Id));
    }

    [Fact]
    public async Task Save_AddressChanged_WantsTheSecretAgain()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server);
        await SaveAsync(server, connector.Id, Password);
        var save = server.Server.Services.GetRequiredService<SaveConnectorSettings>();
        Dictionary<string, string> same = new() { ["grafana_url"] = _grafana.BaseAddress.ToString(), ["grafana_username"] = "admin" };
        await save.RunAsync(connector.Id, same, Actor.System, Cancellation);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => save.RunAsync(
            connector.Id, new Dictionary<string, string>(same) { ["grafana_url"] = "http://127.0.0.1:1/" }, Actor.System, Cancellation));

        Assert.Equal("password", refusal.Field);
    }

    [Theory]
    [InlineData("hostname", "")]
    [InlineData("role-scope", "everything")]
    [InlineData("sync-service-account-tokens", "perhaps")]
    [InlineData("nonsense", "1")]
    [InlineData("auth-method", "telepathy")]
    public async Task Save_FieldDoesNotDo_IsNamed(string field, string value)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var connector = await AddAsync(server);
        var values = new Dictionary<string, string> { ["hostname"] = "http://127.0.0.1:1/", ["username"] = "admin", ["password"] = Password, [field] = value };

        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => server.Server.Services.GetRequiredService<SaveConnectorSettings>().RunAsync(connector.Id, values, Actor.System, Cancellation));

        Assert.Equal(field, refusal.Field);
    }

    private static Task<Connector> AddAsync(TestServer server) => server.Server.Services.GetRequiredService<AddConnector>()
        .RunAsync(new() { CatalogId = ConnectorCatalog.GrafanaId }, Actor.System, Cancellation);

    private Task SaveAsync(TestServer server, long connectorId, string password) => server.Server.Services.GetRequiredService<SaveConnectorSettings>().RunAsync(
        connectorId,
        new Dictionary<string, string> { ["hostname"] = _grafana.BaseAddress.ToString(), ["username"] = "admin", ["password"] = password },
        Actor.System,
        Cancellation);

    private static Task<long> AccountsAsync(TestServer server, long connectorId) => server.Database.ReadAsync(
        context => context.Set<AppAccount>().LongCountAsync(account => account.ConnectorId == connectorId && account.DeletedAt == null, Cancellation));

    private static async Task<ConnectorRow> WaitAsync(TestServer server, long connectorId, Func<ConnectorRow, bool> condition)
    {
        var list = server.Server.Services.GetRequiredService<ConnectorList>();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (true)
        {
            var row = (await list.FindAsync(connectorId, Cancellation))!;
            if (condition(row))
            {
                return row;
            }

            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                var lines = await server.Server.Services.GetRequiredService<ConnectorLines>().OfAsync(connectorId, null, 50, Cancellation);
                Assert.Fail($"{row}\n{string.Join('\n', lines.Select(line => line.Text))}");
            }
        }
    }
}
