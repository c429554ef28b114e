using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Podium.Audit;
using Podium.Connectors.Catalog;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Hosting;
using Podium.Tests.Inventory;

namespace Podium.Browser.Tests;

/// <summary>A server with people, each with a role of their own to look with.</summary>
internal sealed class Company : IAsyncDisposable
{
    /// <summary>Everybody's.</summary>
    public const string Password = "correct horse battery staple";

    private readonly Dictionary<Who, long> _people = [];
    private readonly List<Connected> _connected = [];

    private Company(TestServer server) => Server = server;

    public TestServer Server { get; }

    /// <summary>A connector with an app that was read three times; of the first company alone.</summary>
    public Connected Grafana { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Company> FoundAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var company = new Company(await TestServer.StartAsync(kind));
        await company.HireAsync(Who.Ada, "Ada Lovelace", "ada@example.com", Role.SuperAdministrator);
        await company.HireAsync(Who.Linus, "Linus Torvalds", "linus@example.com", Role.ConnectorAdministrator);
        await company.HireAsync(Who.Frances, "Frances Allen", "frances@example.com", Role.ReadOnlyAdministrator);
        await company.HireAsync(Who.Margaret, "Margaret Hamilton", "margaret@example.com");
        company.Grafana = await company.ConnectAsync("Grafana", CompanyFiles.Grafana());
        return company;
    }

    /// <summary>A new server, with nobody in it.</summary>
    public static async Task<Company> NobodyAsync() => new(await TestServer.StartAsync(DatabaseKind.Sqlite));

    /// <summary>The cookie of a new session.</summary>
    public async Task<Cookie> CookieAsync(Who who)
    {
        var sessions = Server.Server.Services.GetRequiredService<Sessions>();
        var token = await Server.Database.WriteAsync(
            context => Task.FromResult(sessions.Begin(context, _people[who], new Visitor("127.0.0.1", "Chromium of a test"), "test")), Cancellation);
        return new()
        {
            Name = SessionCookie.Name,
            Value = token.Text,
            Url = Server.Server.Address(Hosting.Listener.Public).ToString(),
            HttpOnly = true,
            Secure = true,
        };
    }

    /// <summary>A path with <c>{connector}</c> and <c>{app}</c> filled in.</summary>
    public async Task<string> FillAsync(string path)
        => path.Replace("{connector}", Grafana.Path, StringComparison.Ordinal).Replace("{app}", await Grafana.AppAsync(), StringComparison.Ordinal);

    public Task<long> HireAsync(string name, string email) => HireAsync(null, name, email);

    /// <summary>A connector that runs elsewhere, with its first sync applied.</summary>
    public async Task<Connected> ConnectAsync(string name, UploadBuilder? seen)
    {
        var connector = await Server.Get<AddConnector>().RunAsync(
            new() { CatalogId = ConnectorCatalog.BatonId, DisplayName = name, OwnerIds = [_people[Who.Linus]] }, Actor.System, Cancellation);
        var credential = await Server.Get<RotateCredential>().RunAsync(connector.Id, null, Actor.System, Cancellation);
        var connected = new Connected(this, connector, credential);
        _connected.Add(connected);
        if (seen is not null)
        {
            await connected.SyncAsync(seen);
        }

        return connected;
    }

    public async ValueTask DisposeAsync()
    {
        _connected.ForEach(connected => connected.Dispose());
        await Server.DisposeAsync();
    }

    private async Task<long> HireAsync(Who? who, string name, string email, params Role[] roles)
    {
        var clock = Server.Server.Services.GetRequiredService<TimeProvider>();
        var id = await Server.Database.WriteAsync(
            async context =>
            {
                var address = EmailAddress.TryParse(email, out var parsed, out var problem) ? parsed.Value : throw new FormatException(problem);
                var person = await PersonRegistration.CreateAsync(context, name, address, clock, Actor.System, Cancellation);
                context.Add(new LocalPassword { PersonId = person.Id, Hash = Passwords.Hash(Password), SetAt = clock.Now() });
                foreach (var role in roles)
                {
                    context.Add(new RoleHolding { PersonId = person.Id, Role = role, Since = clock.Now() });
                }

                return person.Id;
            },
            Cancellation);
        if (who is { } known)
        {
            _people[known] = id;
        }

        return id;
    }
}

/// <summary>People of the company by what they may do.</summary>
public enum Who
{
    /// <summary>Super Administrator.</summary>
    Ada,

    /// <summary>Connector Administrator.</summary>
    Linus,

    /// <summary>Read-Only Administrator.</summary>
    Frances,

    /// <summary>Basic User.</summary>
    Margaret,
}
