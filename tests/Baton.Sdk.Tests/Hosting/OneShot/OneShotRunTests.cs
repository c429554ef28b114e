using Baton.Sdk.Connectors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class OneShotRunTests : IDisposable
{
    private static readonly string[] Delete = ["--delete-resource", "1", "--delete-resource-type", "user"];

    private readonly OneShotRig _rig = new();
    private int _sent;

    public OneShotRunTests()
        => _rig.Users = new()
        {
            Delete = (_, change) =>
            {
                change.Checked("user 1 is there");
                change.Affects("user 1 loses 2 groups");
                change.Send(new("PATCH", "/users/1", "{}"));
                _sent++;
                change.Send(new("DELETE", "/users/1"));
                _sent++;
                return new("user 1 is gone");
            },
        };

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("--grant-entitlement", "e", "--grant-principal", "1", "--grant-principal-type", "user")]
    [InlineData("--revoke-grant", "g")]
    [InlineData("--delete-resource", "1", "--delete-resource-type", "user")]
    [InlineData("--invoke-action", "act")]
    public async Task RunAsync_ProvisioningIsNotEnabled_IsRefusedBeforeAnythingElse(params string[] arguments)
    {
        _rig.Validate = _ => throw new InvalidOperationException("nobody is to be asked");

        Assert.Equal(9, await _rig.RunAsync(arguments));

        Assert.Equal(
            "provisioning is not enabled: give --provisioning (or set BATON_PROVISIONING=true) to allow changes, or --dry-run to see what would be changed",
            _rig.LastError);
        Assert.Equal(("failed", "FailedPrecondition"), (_rig.Outcome, _rig.Result.GetProperty("code").GetString()));
        Assert.Equal(0, _sent);
    }

    [Fact]
    public async Task RunAsync_ProvisioningByTheEnvironment_IsEnabled()
    {
        _rig.Program.Variables["BATON_PROVISIONING"] = "true";

        Assert.Equal(0, await _rig.RunAsync(Delete));

        Assert.Equal(2, _sent);
    }

    [Fact]
    public async Task RunAsync_DryRun_ReportsTheRequestAndSendsNothing()
    {
        Assert.Equal(0, await _rig.RunAsync([.. Delete, "--dry-run"]));

        Assert.Equal(0, _sent);
        Assert.Equal(("would", "1 request would be sent"), (_rig.Outcome, _rig.Summary));
        Assert.True(_rig.Result.GetProperty("dryRun").GetBoolean());
        Assert.Equal(["user 1 is there"], _rig.Texts("checks"));
        Assert.Equal(["user 1 loses 2 groups"], _rig.Texts("effects"));
        Assert.Equal("""[{"method":"PATCH","target":"/users/1","body":"{}"}]""", _rig.Result.GetProperty("requests").GetRawText());
    }

    [Fact]
    public async Task RunAsync_DryRunOnATerminal_IsForPeople()
    {
        _rig.Program.OutputOnATerminal = true;

        Assert.Equal(0, await _rig.RunAsync([.. Delete, "--dry-run", "-p"]));

        Assert.Equal(0, _sent);
        Assert.Equal(
            """
            Dry run of delete-resource: nothing was changed.
            It would send:
              PATCH /users/1 {}
            It would have these effects:
              user 1 loses 2 groups
            Checked:
              user 1 is there

            """,
            _rig.Program.Output);
    }

    [Fact]
    public async Task RunAsync_DryRunThatAGuardRefuses_FailsAndTellsWhatItFound()
    {
        _rig.Program.OutputOnATerminal = true;
        _rig.Program.OnATerminal = true;
        _rig.Users = new()
        {
            Delete = (_, change) =>
            {
                change.Checked("user 1 is the last admin");
                change.Affects("nobody can manage the server");
                throw change.Refuse("user 1 must stay", "Make somebody else an admin.");
            },
        };

        Assert.Equal(9, await _rig.RunAsync([.. Delete, "--dry-run"]));

        Assert.Equal(
            """
            Dry run of delete-resource: it fails, and nothing was changed.
            It would have these effects:
              nobody can manage the server
            Checked:
              user 1 is the last admin

            """,
            _rig.Program.Output);
        Assert.Equal(
            "error: delete resource failed: user 1 must stay. It would have this effect: nobody can manage the server. Make somebody else an admin.\n",
            _rig.Program.Error);
    }

    [Fact]
    public async Task RunAsync_Terminal_SaysWhatWasDone()
    {
        _rig.Program.OutputOnATerminal = true;
        _rig.Program.OnATerminal = true;

        Assert.Equal(0, await _rig.RunAsync([.. Delete, "-p"]));

        Assert.Equal("user 1 is gone\nEffects:\n  user 1 loses 2 groups\n", _rig.Program.Output);
        Assert.Empty(_rig.Program.Error);
    }

    [Fact]
    public async Task RunAsync_TerminalAndFailure_SaysItOnce()
    {
        _rig.Program.OutputOnATerminal = true;
        _rig.Program.OnATerminal = true;
        _rig.Validate = _ => throw new ConnectorException(StatusCode.Unauthenticated, "wrong password");

        Assert.Equal(16, await _rig.RunAsync([.. Delete, "-p"]));

        Assert.Equal(("", "wrong password\n"), (_rig.Program.Output, _rig.Program.Error));
    }

    [Fact]
    public async Task RunAsync_NamesThatMoveTheCursor_DoNot()
    {
        _rig.Program.OutputOnATerminal = true;
        _rig.Users = new() { Delete = (_, _) => new("user \u001b[2Jada\n is gone") };

        Assert.Equal(0, await _rig.RunAsync([.. Delete, "-p"]));

        Assert.Equal("user ?[2Jada? is gone\n", _rig.Program.Output);
    }

    [Fact]
    public async Task RunAsync_Failure_IsLoggedWithTheNameOfTheTask()
    {
        _rig.Validate = _ => throw new ConnectorException(StatusCode.Unavailable, "no answer") { IsTransient = false };

        Assert.Equal(14, await _rig.RunAsync([.. Delete, "-p"]));

        Assert.Contains(
            "\"msg\":\"runner: error processing on-demand task\",\"error\":\"no answer\",\"task_id\":\"\",\"task_type\":\"delete_resource\"",
            _rig.Program.Error,
            StringComparison.Ordinal);
        Assert.Equal("no answer", _rig.LastError);
    }

    [Fact]
    public async Task RunAsync_Bug_IsOneOfTheConnectorsAndNotQuoted()
    {
        _rig.Users = new() { Delete = (_, _) => throw new FormatException("a bug with details") };

        Assert.Equal(13, await _rig.RunAsync([.. Delete, "-p"]));

        Assert.Equal("error: delete resource failed: Internal Server Error: an unexpected FormatException; the connector's log has the details", _rig.LastError);
    }

    [Fact]
    public async Task RunAsync_SecretInTheResult_IsHidden()
    {
        _rig.Users = new()
        {
            Delete = (_, change) =>
        {
            change.Checked("it answered hunter2-secret");
            change.Send(new("DELETE", "/users/1?key=hunter2-secret"));
            return new("gone, by hunter2-secret") { Annotations = [Any.Pack(new StringValue { Value = "hunter2-secret" })] };
        }
        };

        Assert.Equal(0, await _rig.RunAsync([.. Delete, "-p", "--log-level", "debug", "--password", "hunter2-secret"]));

        Assert.DoesNotContain("hunter2-secret", _rig.Program.Output + _rig.Program.Error, StringComparison.Ordinal);
        Assert.Equal("gone, by REDACTED", _rig.Summary);
    }

    [Fact]
    public async Task RunAsync_AnnotationOfAnUnknownType_IsGivenAsItIs()
    {
        var unknown = new Any { TypeUrl = "type.googleapis.com/some.other.Message", Value = ByteString.CopyFromUtf8("x") };
        _rig.Users = new() { Delete = (_, _) => new("gone") { Annotations = [unknown] } };

        Assert.Equal(0, await _rig.RunAsync([.. Delete, "-p"]));

        Assert.Equal("""[{"@type":"type.googleapis.com/some.other.Message","value":"eA=="}]""", _rig.Result.GetProperty("annotations").GetRawText());
    }

    [Fact]
    public async Task RunAsync_InterruptedBeforeTheFirstRequest_SaysThatNothingWasChanged()
    {
        using var stop = new CancellationTokenSource();
        _rig.Validate = _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        };

        Assert.Equal(1, await _rig.RunUntilAsync(stop.Token, [.. Delete, "-p"]));

        Assert.Equal("interrupted before anything was sent; nothing was changed", _rig.LastError);
        Assert.Equal(("interrupted", _rig.LastError), (_rig.Outcome, _rig.Summary));
        Assert.Equal(0, _sent);
    }

    [Fact]
    public async Task RunAsync_InterruptedAfterARequest_SaysWhatWasSent()
    {
        using var stop = new CancellationTokenSource();
        _rig.Groups = new()
        {
            Grant = (_, _, change) =>
            {
                change.Send(new("POST", "/groups"));
                change.Send(new("PATCH", "/groups/g", "{}"));
                stop.Cancel();
                return new("granted");
            },
        };
        await _rig.SyncAsync();

        Assert.Equal(1, await _rig.RunUntilAsync(
            stop.Token, "--grant-entitlement", "group:g:member", "--grant-principal", "1", "--grant-principal-type", "user", "-p"));

        Assert.Equal(
            "interrupted after POST /groups, then PATCH /groups/g {}; whether the last request was carried out is not known: "
            + "repeat the command, which looks first at what holds",
            _rig.LastError);
        Assert.Equal("interrupted", _rig.Outcome);
        Assert.Equal(2, _rig.Result.GetProperty("requests").GetArrayLength());
    }
}
