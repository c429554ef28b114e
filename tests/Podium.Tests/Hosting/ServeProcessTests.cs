using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Baton.Testing.Connectors;
using Baton.Testing.Grafana;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Podium.Audit;
using Podium.Connectors.Catalog;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;
using Podium.Tests.Data;
using Podium.Tokens;

namespace Podium.Tests.Hosting;

/// <summary><c>podium serve</c> as a process: how it stops, and what it says when it cannot start.</summary>
public sealed partial class ServeProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podium-process-");
    private readonly int _port = ServeProcess.FreePort();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    private string[] Serve => ["serve", "--data", Data, "--listen", $"127.0.0.1:{_port}", "--listen-health", "none"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task Signal_WithAHeldCallAndAHostedChild_StopsInOrder(PosixSignal signal)
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { AdminPassword = "correct-horse-battery" }, Cancellation);
        var credential = await PrepareAsync(grafana);
        await using var process = ServeProcess.Start(Serve);
        await process.ServingAsync();
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Data, "ca.pem"));
        using var raw = new RawConnector($"127.0.0.1:{_port}", credential.Credential.ClientId, credential.ClientSecret, authority);
        await raw.AuthorizeAsync(Cancellation);
        await raw.HelloAsync("", Cancellation);
        var child = await ChildOfAsync(process);
        // Some answers may come first: the connector that says hello gets its first sync.
        var sync = await raw.TakeAsync(Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase.SyncFull, Cancellation);
        var held = raw.GetTaskAsync(Cancellation);
        // On the same connection, so that what was called before it has arrived too.
        await raw.HeartbeatAsync(sync.Id, Cancellation);
        var stopped = Stopwatch.GetTimestamp();

        process.Signal(signal);
        var answer = await held;
        var code = await process.ExitAsync();

        Assert.Equal(0, code);
        Assert.True(Stopwatch.GetElapsedTime(stopped) < TimeSpan.FromSeconds(20), "a call is held for 25 seconds");
        Assert.Equal(Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase.None_, answer.Task.TaskTypeCase);
        Assert.NotEmpty(sync.Id);
        Assert.False(Directory.Exists($"/proc/{child}") && !(await File.ReadAllTextAsync($"/proc/{child}/stat", Cancellation)).Contains(") Z", StringComparison.Ordinal), "the child goes on");
        Assert.Empty(process.Complaints);
        await using var services = new ServiceCollection().AddLogging().AddData(DatabaseOptions.Sqlite(Path.Combine(Data, "podium.db"))).BuildServiceProvider();
        await using var context = services.GetRequiredService<Database>().Open();
        Assert.Equal(0, await context.Set<AuditRow>().CountAsync(row => row.Number == null, Cancellation));
        Assert.Equal(await context.Set<AuditRow>().MaxAsync(row => row.Number, Cancellation), await context.Set<AuditHead>().MaxAsync(head => (long?)head.Number, Cancellation));
    }

    [Fact]
    public async Task Serve_Twice_SecondIsRefusedInOneLine()
    {
        await using var first = ServeProcess.Start(Serve);
        await first.ServingAsync();

        await ExpectAsync("Another podium uses the data folder", "serve", "--data", Data, "--listen", "127.0.0.1:0", "--listen-health", "none");
        await ExpectAsync("choose another address", "serve", "--data", Path.Combine(_folder.FullName, "other"), "--listen", $"127.0.0.1:{_port}", "--listen-health", "none");
    }

    [Theory]
    [InlineData("/proc")]
    [InlineData("/proc/nowhere")]
    [InlineData("/dev/null")]
    public Task Serve_WhereNothingCanBeWritten_IsRefusedInOneLine(string folder) => ExpectAsync("--data", "serve", "--data", folder, "--listen-health", "none");

    [Fact]
    public async Task Serve_WrongDatabasePassword_IsRefusedWithoutIt()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseKind.PostgreSql);
        await DemandPasswordAsync(database.Options.ConnectionString);
        var key = Path.Combine(_folder.FullName, "key");
        await File.WriteAllBytesAsync(key, new byte[32], Cancellation);
        var connection = Path.Combine(_folder.FullName, "connection");
        var wrong = new NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { Username = "picky", Password = "hush-hush-hush" };
        await File.WriteAllTextAsync(connection, wrong.ConnectionString, Cancellation);

        var said = await ExpectAsync("password authentication failed", "serve", "--data", Data, "--database-file", connection, "--key-file", key, "--listen-health", "none");

        Assert.DoesNotContain("hush", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithoutUnicodeTables_IsRefused()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
        try
        {
            await ExpectAsync("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", Serve);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", null);
        }
    }

    private static async Task<string> ExpectAsync(string text, params string[] arguments)
    {
        await using var process = ServeProcess.Start(arguments);
        var code = await process.ExitAsync();

        Assert.Equal(2, code);
        var line = Assert.Single(process.Complaints);
        Assert.StartsWith("podium: ", line, StringComparison.Ordinal);
        Assert.Contains(text, line, StringComparison.Ordinal);
        return process.Errors + process.Output;
    }

    /// <summary>A folder with a connector that runs elsewhere, and one that podium hosts.</summary>
    private async Task<NewCredential> PrepareAsync(FakeGrafana grafana)
    {
        await using var server = await PodiumServer.StartAsync(
            new() { DataDirectory = Data, Listen = new(IPAddress.Loopback, 0), ListenHealth = null }, configure: null, Cancellation);
        T Get<T>()
            where T : notnull
            => server.Services.GetRequiredService<T>();
        var raw = await Get<AddConnector>().RunAsync(new() { CatalogId = ConnectorCatalog.BatonId, DisplayName = "Raw" }, Actor.System, Cancellation);
        var hosted = await Get<AddConnector>().RunAsync(new() { CatalogId = ConnectorCatalog.GrafanaId, DisplayName = "Hosted" }, Actor.System, Cancellation);
        await Get<SaveConnectorSettings>().RunAsync(
            hosted.Id,
            new Dictionary<string, string> { ["hostname"] = grafana.BaseAddress.ToString(), ["username"] = "admin", ["password"] = "correct-horse-battery" },
            Actor.System,
            Cancellation);
        return await Get<RotateCredential>().RunAsync(raw.Id, null, Actor.System, Cancellation);
    }

    private static async Task<int> ChildOfAsync(ServeProcess process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (true)
        {
            if (Started().Match(process.Errors) is { Success: true } match)
            {
                return int.Parse(match.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture);
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>The server of the tests trusts everybody; one of its accounts is made to need a password.</summary>
    private static async Task DemandPasswordAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            """
            DO $$ DECLARE folder text := current_setting('data_directory'); BEGIN
                CREATE ROLE picky LOGIN PASSWORD 'right';
                EXECUTE format('COPY (SELECT %L) TO PROGRAM %L', 'host all picky 127.0.0.1/32 scram-sha-256', format('cat - %s/pg_hba.conf > %s/hba.new && mv %s/hba.new %s/pg_hba.conf', folder, folder, folder, folder));
                PERFORM pg_reload_conf();
            END $$
            """,
            connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    [GeneratedRegex("\"process_id\":\"(?<id>[0-9]+)\"")]
    private static partial Regex Started();
}
