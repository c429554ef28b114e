using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Review.Decisions;

public sealed class ReviewVerifyTests : IDisposable
{
    private static readonly Resource Org = TemporaryFile.Resource("org", "1", "Main");
    private static readonly Entitlement Admin = TemporaryFile.Entitlement(Org, "Admin");
    private static readonly Entitlement Viewer = TemporaryFile.Entitlement(Org, "Viewer");

    private readonly ReviewRun _run = new();
    private readonly TemporaryFile _file = TemporaryFile.Of(Sync(Grant("1", Admin), Grant("2", Admin)));

    [Fact]
    public async Task Verify_CarriedOut_Succeeds()
    {
        await DecideAsync(("revoke", ""), ("change", "Viewer"));
        _file.AddSync(SyncType.Full, Sync(Grant("2", Viewer)));

        var result = await VerifyAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("2 to be carried out: 2 done, 0 not", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NothingDone_NamesWhatIsLeft()
    {
        await DecideAsync(("revoke", ""), ("keep", ""));
        _file.AddSync(SyncType.Full, Sync(Grant("1", Admin), Grant("2", Admin)));

        var result = await VerifyAsync();

        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("still present", result.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_PartShown_StillFailsForTheRest()
    {
        await DecideAsync(("revoke", ""), ("revoke", ""));
        _file.AddSync(SyncType.Full, Sync(Grant("2", Admin)));

        var result = await VerifyAsync("-o", "csv", "--search", "user:1", "--fields", "result,account_id");

        Assert.Equal(5, result.ExitCode);
        Assert.Equal(["result,account_id", "gone,user:1"], result.Lines);
        Assert.Equal("2 to be carried out: 1 done, 1 not; 1 of them shown\n", result.Error);
    }

    [Fact]
    public async Task Verify_GoneAndBackAgain_IsReturned()
    {
        await DecideAsync(("revoke", ""), ("keep", ""));
        _file.AddSync(SyncType.Full, Sync(Grant("2", Admin)));
        _file.AddSync(SyncType.Full, Sync(Grant("1", Admin), Grant("2", Admin)));

        var result = await VerifyAsync();

        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("returned", result.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NewRoleNeverGiven_IsNotDone()
    {
        await DecideAsync(("keep", ""), ("change", "Viewer"));
        _file.AddSync(SyncType.Full, Sync(Grant("1", Admin)));

        var result = await VerifyAsync("-o", "json");

        Assert.Equal(5, result.ExitCode);
        Assert.Equal("gone, new role missing", (string)result.Json["verifications"]![0]!["result"]!);
    }

    [Fact]
    public async Task Verify_TheReviewedSyncItself_IsRefused()
    {
        await DecideAsync(("revoke", ""), ("keep", ""));

        var result = await VerifyAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("a sync that is later", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoDecisions_IsOneLine()
    {
        Directory.CreateDirectory(_run.Path("out"));
        _run.Write("out/decisions.json", "{\"review\": 1}");

        var result = await VerifyAsync();

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("is not a file of decisions", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_NextTime_ShowsWhatWasDecided()
    {
        await DecideAsync(("revoke", ""), ("keep", ""));
        _file.AddSync(SyncType.Full, Sync(Grant("1", Admin), Grant("2", Admin)));

        var rows = await _run.Rows(_file.Path, "--previous-decisions", _run.Path("out/decisions.json"));

        Assert.Equal(["revoke by Rita", "keep by Rita"], rows.Select(row => row["previous_decision"]).ToArray());
        Assert.Equal("still there (revocation decided)", rows[0]["since_last_review"]);
    }

    public void Dispose()
    {
        _run.Dispose();
        _file.Dispose();
    }

    private static Grant Grant(string user, Entitlement entitlement) => TemporaryFile.Grant(entitlement, TemporaryFile.User(user));

    private static Action<SyncWriter> Sync(params Grant[] grants) => sync =>
    {
        sync.Put([Types.User, Types.Org]);
        sync.Put([Org, Books.Person("1", new() { Login = "a" }), Books.Person("2", new() { Login = "b" })]);
        sync.Put([Admin, Viewer]);
        sync.Put(grants);
    };

    private Task<CliResult> VerifyAsync(params string[] flags)
        => Cli.Run(["review", "verify", "--decisions", _run.Path("out/decisions.json"), "-f", _file.Path, .. flags]);

    private async Task DecideAsync(params (string Decision, string NewRole)[] decisions)
    {
        (await Cli.Run("review", "-f", _file.Path, "--out", _run.Path("review.csv"))).Succeeded();
        DecidedSheet.Csv(_run.Path("review.csv"), _run.Path("decided.csv"), (i, row) =>
            (row["decision"], row["new_role"], row["decided_by"]) = (decisions[i].Decision, decisions[i].NewRole, "Rita"));
        Assert.Equal(0, (await Cli.Run("review", "import", _run.Path("decided.csv"), "-f", _file.Path, "--out", _run.Path("out"))).ExitCode);
    }
}
