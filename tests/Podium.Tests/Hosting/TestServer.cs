using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Podium.Audit;
using Podium.Data;
using Podium.Hosting;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;

namespace Podium.Tests.Hosting;

/// <summary>A whole server in this process, on free ports of the loopback interface, with either database and a clock that the test moves.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _folder;
    private int _people;

    private TestServer(PodiumServer server, TestDatabase database, string folder)
    {
        Server = server;
        _database = database;
        _folder = folder;
    }

    public PodiumServer Server { get; }

    public Database Database => Get<Database>();

    public T Get<T>()
        where T : notnull
        => Server.Services.GetRequiredService<T>();

    public static async Task<TestServer> StartAsync(
        DatabaseKind kind, TimeProvider? clock = null, Func<ServerOptions, ServerOptions>? change = null, Action<IServiceCollection>? compose = null)
    {
        var database = await TestDatabase.CreateEmptyAsync(kind);
        var folder = Directory.CreateTempSubdirectory("podium-server-").FullName;
        var keyFile = Path.Combine(folder, "wrapping.key");
        var options = new ServerOptions
        {
            DataDirectory = Path.Combine(folder, "data"),
            Database = kind == DatabaseKind.PostgreSql ? database.Options.ConnectionString : null,
            KeyFile = kind == DatabaseKind.PostgreSql ? keyFile : null,
            Listen = new(IPAddress.Loopback, 0),
            ListenHealth = new(IPAddress.Loopback, 0),
        };
        if (kind == DatabaseKind.PostgreSql)
        {
            await File.WriteAllBytesAsync(keyFile, new byte[32], TestContext.Current.CancellationToken);
        }

        var server = await PodiumServer.StartAsync(
            change?.Invoke(options) ?? options,
            builder =>
            {
                builder.Logging.AddProvider(new TestLog(TestContext.Current.TestOutputHelper));
                if (clock is not null)
                {
                    builder.Services.Replace(ServiceDescriptor.Singleton(clock));
                }

                compose?.Invoke(builder.Services);
            },
            TestContext.Current.CancellationToken);
        return new(server, database, folder);
    }

    /// <summary>Somebody who may sign in, with these roles.</summary>
    public async Task<Person> AddPersonAsync(params Role[] roles)
    {
        var clock = Get<TimeProvider>();
        var name = $"Person {Interlocked.Increment(ref _people)}";
        Assert.True(EmailAddress.TryParse($"{name.Replace(' ', '.')}@example.com", out var address, out _));
        return await Database.WriteAsync(
            async context =>
            {
                var person = await PersonRegistration.CreateAsync(context, name, address!.Value, clock, Actor.System, TestContext.Current.CancellationToken);
                foreach (var role in roles)
                {
                    await RoleChanges.GrantAsync(context, person.Id, role, Actor.System, clock.Now(), TestContext.Current.CancellationToken);
                }

                return person;
            },
            TestContext.Current.CancellationToken);
    }

    /// <summary>A browser in which that person is signed in.</summary>
    public async Task<HttpClient> BrowserAsync(Person person)
    {
        var token = await Database.WriteAsync(
            context => Task.FromResult(Get<Sessions>().Begin(context, person.Id, new("127.0.0.1", "test"), "test")),
            TestContext.Current.CancellationToken);
        var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Name}={token.Text}");
        client.DefaultRequestHeaders.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <summary>A program with a key of that person, and a token for it from the token endpoint.</summary>
    public async Task<HttpClient> ProgramAsync(Person person, ApiKeyLimits? limits = null)
    {
        var made = await Get<ApiKeys>().CreateAsync(person.Id, new("test", limits ?? ApiKeyLimits.None, TimeSpan.FromDays(1)), Actor.Operator, TestContext.Current.CancellationToken);
        var client = Client();
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = made.Credential.ClientId,
            ["client_secret"] = made.ClientSecret,
        });
        var answer = await client.PostAsync("/auth/v1/token", form, TestContext.Current.CancellationToken);
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["access_token"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>Trusts the server's own authority and nothing else; follows no redirect, keeps no cookies.</summary>
    public HttpClient Client(Listener listener = Listener.Public)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Server.Folder.FilePath("ca.pem"));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(authority);
        return new(handler) { BaseAddress = Server.Address(listener) };
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
