using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Faults;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Creation on the server when Grafana does not answer, or not as it should.</summary>
public sealed class LostAnswerTests
{
    private const string Creation = "^/api/admin/users$";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<string, string> Losses => new(["6.5", "7.5", "9.4", "11.3"], ["reset", "late timeout", "gateway", "portal", "cut", "cut within chunks", "half", "empty", "no id"]);

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Create_AnswerIsLost_FindsTheAccountAndNeverTouchesIt(string version, string loss)
    {
        // D34: one request, and nobody is told a password that may be another's.
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        Lose(rig, loss, rig.Grafana.Faults.On("POST", Creation).AfterEffect());

        var existing = await rig.ExistsAsync();

        Assert.Equal("3 ada ada@example.com \"ada@example.com\" Enabled", AccountRig.Text(existing.Account));
        Assert.Equal(
            "account 3 (ada) is there now, but Grafana's answer to its creation was lost, and with it the password; set another one in Grafana", existing.Summary);
        Assert.Equal(["POST /api/admin/users"], rig.Writes);
        Assert.Contains(rig.Logs.Lines, line => line.StartsWith("Warning: account found after the answer to its creation was lost userId=3 login=ada", StringComparison.Ordinal));

        var again = await rig.ExistsAsync();

        Assert.Equal("account 3 (ada) was there before; its password was not touched", again.Summary);
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("timeout")]
    [InlineData("gateway")]
    [InlineData("portal")]
    public async Task Create_NoAnswerAndNoEffect_SaysThatThereIsNoAccount(string loss)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        Lose(rig, loss, rig.Grafana.Faults.On("POST", Creation).Once());

        var failed = await rig.CreateFailsAsync();

        Assert.Equal((StatusCode.Unavailable, true), (failed.Code, failed.IsTransient));
        Assert.StartsWith("grafana-connector: failed to create user: ", failed.Message, StringComparison.Ordinal);
        Assert.EndsWith("; there is no such account", failed.Message, StringComparison.Ordinal);
        Assert.Null(rig.Grafana.FindUser("ada"));
        Assert.Single(rig.Writes);

        await rig.CreatedAsync();
    }

    [Fact]
    public async Task Create_AnswerIsLostAndTheServerGone_DoesNotSayThatNothingHappened()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("POST", Creation).AfterEffect().Reset();
        rig.Grafana.Faults.On("GET", "^/api/users/search").From(3).Respond(503);

        var failed = await rig.CreateFailsAsync(AccountRig.Info(login: "ada"));

        Assert.Equal(StatusCode.Unavailable, failed.Code);
        Assert.Matches("^grafana-connector: the connection to .+, but what came of it could not be read back: .+503", failed.Message);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("12.1")]
    public async Task Create_SomebodyElseIsFaster_IsFoundThen(string version)
    {
        // D24: 500 of 6.5, 412 later, for the same thing.
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        rig.Grafana.Faults.On("POST", Creation).Run(_ => rig.Grafana.AddUser(new UserSeed("ada") { Password = "known to ada" }));

        var existing = await rig.ExistsAsync();

        Assert.Equal("account 3 (ada) was there before; its password was not touched", existing.Summary);
        Assert.True(await rig.CanSignInAsync("ada", "known to ada"));
        Assert.Equal([version == "6.5" ? 500 : 412], rig.Grafana.Requests.All.Where(request => request.Method == "POST").Select(request => request.Status));
    }

    [Fact]
    public async Task Create_SomebodyElseIsFasterWithTwo_NamesBoth()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("POST", Creation).Run(_ =>
        {
            rig.Grafana.AddUser("ada", "first@example.com");
            rig.Grafana.AddUser("second", AccountRig.Email);
        });

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.AlreadyExists, refused.Code);
        Assert.Contains("3 (ada, first@example.com), 4 (second, ada@example.com)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(412, StatusCode.AlreadyExists, "failed to create user: Injected 412, and yet no account with that login or address is to be found")]
    [InlineData(409, StatusCode.AlreadyExists, "failed to create user: Injected 409, and yet no account with that login or address is to be found")]
    [InlineData(500, StatusCode.Unavailable, "failed to create user: Grafana answers /api/admin/users with 500: Injected 500")]
    [InlineData(400, StatusCode.InvalidArgument, "failed to create user: Grafana answers /api/admin/users with 400: Injected 400")]
    [InlineData(403, StatusCode.PermissionDenied, "failed to create user: Grafana forbids /api/admin/users: Injected 403")]
    public async Task Create_Refused_SaysWhy(int status, StatusCode code, string message)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("POST", Creation).Respond(status);

        var refused = await rig.CreateFailsAsync();

        Assert.Equal((code, $"grafana-connector: {message}"), (refused.Code, refused.Message));
        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Create_QuotaIsReached_IsResourceExhausted()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("POST", Creation).Respond(403, """{"message":"user Quota reached"}""");

        var refused = await rig.CreateFailsAsync();

        Assert.Equal((StatusCode.ResourceExhausted, "grafana-connector: failed to create user: user Quota reached"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Create_RateLimited_WaitsAndSendsAgain()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("POST", Creation).Once().RateLimit(retryAfterSeconds: 9);

        var created = await rig.CreatedAsync();

        Assert.Equal([TimeSpan.FromSeconds(9)], rig.Time.Waits);
        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(created)));
    }

    [Fact]
    public async Task Create_CredentialIsRefused_AsksOnce()
    {
        // D67
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("*", "^/api/(?!health)").Respond(401, """{"message":"Invalid username or password"}""");

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.Unauthenticated, refused.Code);
        Assert.Single(rig.Grafana.Requests.Lines, line => !line.EndsWith("/api/health", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Create_CannotBeReadBack_DeliversThePasswordAndSaysSo(int status)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("GET", "^/api/users/3$").Respond(status);

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", name: "Ada Lovelace"));

        Assert.Equal("3 ada ada@example.com \"Ada Lovelace\" Enabled", AccountRig.Text(created.Account));
        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(created)));
        Assert.Contains("; it could not be read back, and is shown as it was asked for: Grafana ", created.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("; read back", created.Summary, StringComparison.Ordinal);
        Assert.Contains("it is Viewer of organization 1 (Main Org.)", created.Summary, StringComparison.Ordinal);
        Assert.Contains(rig.Logs.Lines, line => line.StartsWith("Warning: account created, but not everything was done userId=3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_CancelledWhileItIsSent_DeliversThePassword()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        rig.Grafana.Faults.On("POST", Creation).Run(_ => cancellation.Cancel());

        var created = await rig.CreatedAsync(cancellationToken: cancellation.Token);

        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(created)));
        Assert.Contains("could not be read back", created.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_CancelledBeforeItIsSent_CreatesNothing()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        rig.Grafana.Faults.On("GET", "^/api/users/search").Run(_ => cancellation.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.CreateAsync(cancellationToken: cancellation.Token));

        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData("11.3")]
    [InlineData("6.5")]
    public async Task Create_KilledAfterAnyRequest_RepeatingMakesOneAccountAndNoOtherPassword(string version)
    {
        for (var step = 1; ; step++)
        {
            await using var rig = await AccountRig.AsAdministratorAsync(version);
            var kill = rig.Grafana.Faults.OnAny().AfterEffect().Nth(step).Reset();
            rig.Grafana.Faults.OnAny().From(step).Reset();
            AccountOutcome? first = null;
            await Record.ExceptionAsync(async () => first = await rig.CreateAsync(AccountRig.Info(login: "ada", org: "2")));
            rig.Grafana.Faults.Clear();

            var again = await rig.CreateAsync(AccountRig.Info(login: "ada", org: "2"));

            Assert.Equal(3, rig.Grafana.FindUser("ada"));
            Assert.False(rig.Grafana.HasUser(4));
            var passwords = new[] { first, again }.OfType<AccountOutcome.Created>().Select(AccountRig.Password).ToList();
            Assert.True(passwords.Count <= 1, $"step {step}: two passwords");
            Assert.True(passwords.Count == 0 || await rig.CanSignInAsync("ada", passwords[0]), $"step {step}: a password that is not the account's");
            Assert.Equal(rig.Grafana.RoleOf(2, 3) is null, again.Summary.Contains("it is not a member of organization 2, which was asked for", StringComparison.Ordinal));
            if (kill.Hits == 0)
            {
                Assert.InRange(step, 7, 14);
                return;
            }
        }
    }

    private static void Lose(AccountRig rig, string loss, FaultBuilder fault) => _ = loss switch
    {
        "reset" => fault.Reset(),
        "gateway" => fault.Respond(504),
        "portal" => fault.HtmlPage(),
        "cut" => fault.Truncate(),
        "cut within chunks" => fault.Truncate(truncation: Truncation.WithinChunks),
        "half" => fault.Truncate(truncation: Truncation.Unannounced),
        "empty" => fault.EmptyBody(),
        "no id" => fault.Respond(200, """{"message":"User created"}"""),
        "timeout" => Hang(rig, fault, takesEffect: false),
        _ => Hang(rig, fault, takesEffect: true),
    };

    private static FaultRule Hang(AccountRig rig, FaultBuilder fault, bool takesEffect)
    {
        // The client's deadline passes once the request is there, or has taken effect.
        var rule = fault.Hang();
        rig.Grafana.Faults.On("POST", Creation).Once().Run(request =>
        {
            _ = Task.Run(PassDeadline, CancellationToken.None);
        });
        return rule;

        void PassDeadline()
        {
            SpinWait.SpinUntil(() => !takesEffect || rig.Grafana.FindUser("ada") is not null);
            rig.Time.PassDeadlines();
        }
    }
}
