using System.Globalization;
using System.Net;
using System.Text;
using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>
/// An instance with an organization 2, "platform team", whose Admin is boss (account 2), and a connector: the server administrator's, or
/// one with a token of that organization. The account that is asked for is ada's unless a test says otherwise.
/// </summary>
internal sealed class AccountRig : IAsyncDisposable
{
    public const string Email = "ada@example.com";

    private readonly string? _token;
    private readonly AccountPolicy _policy;
    private readonly List<TestConnector> _connectors = [];

    private readonly bool _ownsGrafana;

    private AccountRig(FakeGrafana grafana, string? token, AccountPolicy policy, bool ownsGrafana = true)
        => (Grafana, _token, _policy, _ownsGrafana) = (grafana, token, policy, ownsGrafana);

    public FakeGrafana Grafana { get; }

    public long Boss => 2;

    public ImpatientTime Time { get; } = new();

    public CollectedLogs Logs { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AccountRig> AsAdministratorAsync(string version = "11.3", FakeGrafanaOptions? options = null, AccountPolicy? policy = null)
        => new(await StartAsync(version, options), null, policy ?? new());

    /// <param name="version">Before 9 the token is an API key.</param>
    /// <param name="options">The instance's configuration.</param>
    /// <param name="policy">The connector's.</param>
    public static async Task<AccountRig> WithTokenAsync(string version = "11.3", FakeGrafanaOptions? options = null, AccountPolicy? policy = null)
    {
        var grafana = await StartAsync(version, options);
        return new(grafana, Token(grafana, version), policy ?? new());
    }

    /// <summary>A second connector of the same instance.</summary>
    public AccountRig AlsoWithToken(string version) => new(Grafana, Token(Grafana, version), _policy, ownsGrafana: false);

    /// <summary>What another process would have: a connector that knows nothing yet.</summary>
    public TestConnector Connect()
    {
        var connector = TestConnector.Create(Grafana, _token, Logs, Time, change: options => options with { Accounts = _policy });
        _connectors.Add(connector);
        return connector;
    }

    /// <summary>What a platform sends that knows the schema.</summary>
    public static AccountInfo Info(string email = Email, string? login = null, string? name = null, string? org = null)
    {
        var profile = new Struct { Fields = { ["email"] = Value.ForString(email) } };
        foreach (var (key, text) in new[] { ("login", login), ("full_name", name), ("org_id", org) })
        {
            if (text is not null)
            {
                profile.Fields[key] = Value.ForString(text);
            }
        }

        return new AccountInfo { Profile = profile };
    }

    public Task<AccountOutcome> CreateAsync(
        AccountInfo? account = null, CredentialRequest? credential = null, Change? change = null, CancellationToken? cancellationToken = null)
        => Connect().Users.CreateAccountAsync(
            account ?? Info(login: "ada"), credential ?? new CredentialRequest.RandomPassword(20), change ?? new Change(), cancellationToken ?? Cancellation);

    public async Task<AccountOutcome.Created> CreatedAsync(AccountInfo? account = null, CredentialRequest? credential = null, CancellationToken? cancellationToken = null)
        => Assert.IsType<AccountOutcome.Created>(await CreateAsync(account, credential, cancellationToken: cancellationToken));

    public async Task<AccountOutcome.AlreadyExists> ExistsAsync(AccountInfo? account = null)
        => Assert.IsType<AccountOutcome.AlreadyExists>(await CreateAsync(account));

    public async Task<AccountOutcome.ActionRequired> PendingAsync(AccountInfo? account = null)
        => Assert.IsType<AccountOutcome.ActionRequired>(await CreateAsync(account));

    public Task<ConnectorException> CreateFailsAsync(AccountInfo? account = null, CredentialRequest? credential = null, Change? change = null)
        => Assert.ThrowsAsync<ConnectorException>(() => CreateAsync(account, credential, change));

    public Task<ChangeOutcome> DeleteAsync(long id, Change? change = null)
        => Connect().Users.DeleteResourceAsync(
            Ids.Resource(UserSyncer.TypeId, id.ToString(CultureInfo.InvariantCulture)), null, change ?? new Change(), Cancellation);

    public Task<ConnectorException> DeleteFailsAsync(long id, Change? change = null) => Assert.ThrowsAsync<ConnectorException>(() => DeleteAsync(id, change));

    /// <summary>Invokes an action as the platform does.</summary>
    public async Task<InvokeActionResponse> InvokeAsync(string action, long id, Change? change = null)
        => (await Actions().InvokeAsync(
            new()
            {
                Name = action,
                Args = new Struct { Fields = { ["user_id"] = Value.ForString(id.ToString(CultureInfo.InvariantCulture)) } },
            },
            change ?? new Change(),
            Cancellation)).Response;

    public ActionInvocations Actions() => new(Connect().Connector, Logs);

    public static string Password(AccountOutcome.Created created) => Encoding.UTF8.GetString(Assert.Single(created.Plaintexts).Bytes);

    /// <summary>Whether Grafana lets somebody in.</summary>
    public async Task<bool> CanSignInAsync(string login, string password)
    {
        using var client = Grafana.CreateClient(login, password);
        using var response = await client.GetAsync("api/user", Cancellation);
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>An account's resource, in short: <c>3 ada ada@example.com "Ada Lovelace" Enabled</c>.</summary>
    public static string Text(Resource account)
    {
        var fields = account.Profile.Fields;
        Assert.Equal(account.DisplayName, fields["login"].StringValue);
        return $"{account.Id.Resource} {account.DisplayName} {fields["email"].StringValue} \"{fields["full_name"].StringValue}\" {account.Status?.Status_}";
    }

    public IReadOnlyList<string> Writes => Grafana.Requests.Writes;

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        if (_ownsGrafana)
        {
            await Grafana.DisposeAsync();
        }
    }

    private static async Task<FakeGrafana> StartAsync(string version, FakeGrafanaOptions? options)
    {
        var grafana = await TestConnector.StartAsync(version, options);
        grafana.AddMember(grafana.AddOrganization("platform team"), grafana.AddUser("boss"), GrafanaRole.Admin);
        return grafana;
    }

    private static string Token(FakeGrafana grafana, string version)
        => Testing.Grafana.GrafanaVersion.Parse(version).Major < 9 ? grafana.AddApiKey(2, GrafanaRole.Admin) : grafana.AddServiceAccountToken(2);
}
