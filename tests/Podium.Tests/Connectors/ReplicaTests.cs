using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Baton.Testing.Connectors;
using Baton.Testing.Grafana;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using Podium.Tests.Data;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Podium.Tests.Connectors;

/// <summary>Two <c>podium serve</c> on one PostgreSQL, with the times of a released server. They are equal: neither leads, and either may be killed.</summary>
public sealed class ReplicaTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("podium-replicas-").FullName;
    private readonly List<Replica> _replicas = [];
    private TestDatabase _stored = null!;
    private FakeGrafana _grafana = null!;
    private string[] _credential = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Environment => new()
    {
        ["PODIUM_DATABASE"] = _stored.Options.ConnectionString,
        ["PODIUM_KEY_FILE"] = Path.Combine(_folder, "wrapping.key"),
    };

    public async ValueTask InitializeAsync()
    {
        _stored = await TestDatabase.CreateEmptyAsync(DatabaseKind.PostgreSql);
        _grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        _grafana.Populate(100, 4);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "wrapping.key"), new byte[32], Cancellation);

        // What a person would do on the pages: a connector run elsewhere, and one that is hosted.
        await using var host = KilledProcess.Start(
            ["dotnet", KilledProcess.Built("Podium.TestHost", "Podium.TestHost.dll"), Path.Combine(_folder, "before"), "0", _stored.Options.ConnectionString, Path.Combine(_folder, "wrapping.key")],
            new Dictionary<string, string>());
        await host.WaitForAsync("ready", Cancellation);
        _credential = (await host.AskAsync("elsewhere", Cancellation)).Split(' ');
        await host.AskAsync($"hosted {_grafana.BaseAddress} admin admin", Cancellation);
        await host.KillAsync();

        // Whoever was killed before may still hold the lease: as with any kill, the next take it over when it ends.
        _replicas.Add(await StartAsync("a"));
        _replicas.Add(await StartAsync("b"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.Process.DisposeAsync();
        }

        await _grafana.DisposeAsync();
        await _stored.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Replicas_OneIsKilled_TheOtherGoesOnWithItsWork()
    {
        var hosting = await WaitForHostAsync(_replicas);
        var other = _replicas.Single(replica => replica != hosting);
        await WaitForAppliedAsync(after: 0);
        using var program = await ProgramAsync(other);

        await HeldCallIsWokenByTheOtherAsync(program, waitsAt: hosting);

        // A sync that the one asks for is done by the child of the other, which dies of it in the middle.
        var arrived = new TaskCompletionSource();
        _grafana.Faults.On("GET", "^/api/users").Run(_ => arrived.TrySetResult());
        _grafana.AddUser("late");
        await AskAsync(program, ConnectorHosting.Hosted);
        await arrived.Task.WaitAsync(Patience, Cancellation);
        var child = ChildOf(hosting)!.Value;
        var killed = TimeProvider.System.GetTimestamp();
        await hosting.Process.KillAsync();

        Assert.Same(other, await WaitForHostAsync([other]));
        var takenOver = TimeProvider.System.GetElapsedTime(killed);
        output.WriteLine($"the hosted connector was taken over after {takenOver.TotalSeconds:0.0} s");
        Assert.False(Directory.Exists($"/proc/{child}"), "the child of the killed server lives on");

        // The lease's 30 seconds, and the start of a process on a machine that is busy.
        Assert.InRange(takenOver, TimeSpan.Zero, TimeSpan.FromSeconds(45));
        await WaitForAsync(async () =>
        {
            await AskAsync(program, ConnectorHosting.Hosted);
            return await AccountsAsync() == 101;
        });
    }

    /// <summary>A call for work that one replica holds is answered with what was asked for at the other.</summary>
    private async Task HeldCallIsWokenByTheOtherAsync(HttpClient program, Replica waitsAt)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(waitsAt.AuthorityFile);
        using var raw = new RawConnector($"127.0.0.1:{waitsAt.Port}", _credential[1], _credential[2], authority);
        await raw.HelloAsync("", Cancellation);
        await raw.TakeAsync(TaskType.DeleteResource, Cancellation);
        var due = await raw.TakeAsync(TaskType.SyncFull, Cancellation);
        await raw.FailAsync(due.Id, Grpc.Core.StatusCode.Unavailable, "not now", Cancellation);
        var held = raw.GetTaskAsync(Cancellation);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        await second.WaitForNextTickAsync(Cancellation);
        Assert.False(held.IsCompleted);

        var asked = TimeProvider.System.GetTimestamp();
        await AskAsync(program, ConnectorHosting.SelfHosted);
        var answer = await held;

        output.WriteLine($"the held call was answered after {TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds:0} ms");
        Assert.Equal(TaskType.SyncFull, answer.Task.TaskTypeCase);
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await raw.FailAsync(answer.Task.Id, Grpc.Core.StatusCode.Unavailable, "not now", Cancellation);
    }

    /// <summary>Asks by the API, as a script would.</summary>
    private async Task AskAsync(HttpClient program, ConnectorHosting hosting)
    {
        var (app, connector) = await _stored.Database.ReadAsync(async context =>
        {
            var one = await context.Set<Connector>().SingleAsync(one => one.Hosting == hosting, Cancellation);
            return ((await context.Set<Podium.Apps.App>().SingleAsync(app => app.Id == one.AppId, Cancellation)).PublicId, one.PublicId);
        });
        using var content = JsonContent.Create(new JsonObject());
        using var answer = await program.PostAsync($"/api/v1/apps/{app}/connectors/{connector}/force_sync", content, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
    }

    private async Task<HttpClient> ProgramAsync(Replica replica)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), "correct horse battery staple 7", Cancellation);
        await CommandAsync("user", "create", "--email", "root@example.com", "--role", "super-administrator", "--password-file", Path.Combine(_folder, "password"));
        var key = JsonNode.Parse(await CommandAsync("api-key", "create", "--user", "root@example.com", "-o", "json"))!;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(replica.AuthorityFile));
        var client = new HttpClient(handler) { BaseAddress = new($"https://127.0.0.1:{replica.Port}") };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = key["clientId"]!.GetValue<string>(),
            ["client_secret"] = key["clientSecret"]!.GetValue<string>(),
        });
        using var answer = await client.PostAsync("/auth/v1/token", form, Cancellation);
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["access_token"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private async Task<string> CommandAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [KilledProcess.Built("Podium", "podium.dll"), .. words, "--data", Path.Combine(_folder, "commands")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', words)}: {await wrong}");
        return await said;
    }

    private async Task<Replica> StartAsync(string name)
    {
        var (port, data) = (FreePort(), Path.Combine(_folder, name));
        var process = KilledProcess.Start(
            [
                "dotnet", KilledProcess.Built("Podium", "podium.dll"), "serve", "--data", data, "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
                "--listen-health", "none",
            ],
            Environment);
        await process.WaitForAsync("podium serves", Cancellation);
        return new(process, port, Path.Combine(data, "ca.pem"));
    }

    private async Task<Replica> WaitForHostAsync(IReadOnlyList<Replica> replicas)
    {
        Replica? host = null;
        await WaitForAsync(() => Task.FromResult((host = replicas.FirstOrDefault(replica => ChildOf(replica) is not null)) is not null));
        return host!;
    }

    private Task WaitForAppliedAsync(long after) => WaitForAsync(() => _stored.Database.ReadAsync(
        context => context.Set<Sync>().AnyAsync(sync => sync.Id > after && sync.State == SyncState.Applied, Cancellation)));

    private Task<int> AccountsAsync() => _stored.Database.ReadAsync(context => context.Set<AppAccount>().CountAsync(account => account.DeletedAt == null, Cancellation));

    private async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(string.Join('\n', _replicas.Select(replica => replica.Process.Errors)));
            }
        }
    }

    /// <summary>The connector that a server runs, as the system knows it.</summary>
    private static int? ChildOf(Replica replica)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(id) == replica.Process.Id)
            {
                return id;
            }
        }

        return null;
    }

    private static int? ParentOf(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Replica(KilledProcess Process, int Port, string AuthorityFile);
}
