using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class InvokeActionOperationTests : IDisposable
{
    private readonly OneShotRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_Action_GetsItsArgumentsAndAnswers()
    {
        Struct? seen = null;
        _rig.Actions =
        [
            new ScriptedAction("disable_user", (arguments, change) =>
            {
                seen = arguments;
                change.Send(new("POST", "/disable"));
                return new("user 7 is disabled", new Struct { Fields = { ["success"] = Value.ForBool(true) } });
            }),
        ];

        Assert.Equal(0, await _rig.RunAsync("--invoke-action", "disable_user", "--invoke-action-args", """{"user_id": "7"}""", "-p"));

        Assert.Equal("7", seen?.Fields["user_id"].StringValue);
        Assert.Equal(("invoke-action", "done", "user 7 is disabled"), (_rig.Result.GetProperty("operation").GetString(), _rig.Outcome, _rig.Summary));
        var response = _rig.Result.GetProperty("response");
        Assert.Equal("BATON_ACTION_STATUS_COMPLETE", response.GetProperty("status").GetString());
        Assert.True(response.GetProperty("response").GetProperty("success").GetBoolean());
        Assert.Contains("\"msg\":\"ActionInvoke response\",\"action_id\":\"", _rig.Program.Error, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"BATON_ACTION_STATUS_COMPLETE\"", _rig.Program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ActionFails_FailsWithItsText()
    {
        _rig.Actions = [new ScriptedAction("disable_user", (_, _) => throw new ConnectorException(StatusCode.FailedPrecondition, "user 7 is external"))];

        Assert.Equal(9, await _rig.RunAsync("--invoke-action", "disable_user", "--invoke-action-args", """{"user_id": "7"}""", "-p"));

        Assert.Equal("action invoke failed: user 7 is external", _rig.LastError);
        Assert.Equal(("failed", _rig.LastError), (_rig.Outcome, _rig.Summary));
        Assert.Equal("user 7 is external", _rig.Result.GetProperty("response").GetProperty("response").GetProperty("error").GetString());
    }

    [Fact]
    public async Task RunAsync_ActionFailsAtATerminal_SaysItOnce()
    {
        _rig.Program.OutputOnATerminal = true;
        _rig.Program.OnATerminal = true;
        _rig.Actions = [new ScriptedAction("disable_user", (_, _) => throw new ConnectorException(StatusCode.FailedPrecondition, "user 7 is external"))];

        Assert.Equal(9, await _rig.RunAsync("--invoke-action", "disable_user", "--invoke-action-args", """{"user_id": "7"}""", "-p"));

        Assert.Equal(("", "action invoke failed: user 7 is external\n"), (_rig.Program.Output, _rig.Program.Error));
    }

    [Fact]
    public async Task RunAsync_UnknownAction_IsNotFound()
    {
        Assert.Equal(5, await _rig.RunAsync("--invoke-action", "foo", "-p"));

        Assert.Contains("handler for action foo not found", _rig.LastError, StringComparison.Ordinal);
        Assert.StartsWith("error: invoking action failed: ", _rig.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ArgumentMissing_IsInvalid()
    {
        _rig.Actions = [new ScriptedAction("disable_user", (_, _) => throw new InvalidOperationException("not to be invoked"))];

        Assert.Equal(3, await _rig.RunAsync("--invoke-action", "disable_user", "-p"));

        Assert.Contains("disable_user needs the argument user_id", _rig.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ActionOfAnotherType_IsNotFound()
    {
        _rig.Actions = [new ScriptedAction("disable_user", (_, _) => throw new InvalidOperationException("not to be invoked"), "user")];

        Assert.Equal(5, await _rig.RunAsync("--invoke-action", "disable_user", "--invoke-action-resource-type", "group", "--invoke-action-args", """{"user_id":"7"}""", "-p"));
    }

    [Theory]
    [InlineData("""{"user_id": hunter2}""", "failed to parse invoke-action-args: it is not JSON: line 1, byte 13; a JSON object is expected, as {\"key\": \"value\"}")]
    [InlineData("user_id=7", "failed to parse invoke-action-args: it is not JSON: line 1, byte 1; a JSON object is expected, as {\"key\": \"value\"}")]
    [InlineData("[1]", "failed to parse invoke-action-args: it must be a JSON object, as {\"key\": \"value\"}, but is an array")]
    public async Task RunAsync_ArgumentsAreNoObject_IsAUsageErrorThatDoesNotQuoteThem(string arguments, string why)
    {
        Assert.Equal(2, await _rig.RunAsync("--invoke-action", "disable_user", "--invoke-action-args", arguments, "-p"));

        Assert.Equal($"{why}\n", _rig.Program.Error);
        Assert.Empty(_rig.Program.Output);
    }

    [Fact]
    public async Task RunAsync_DryRun_SendsNothing()
    {
        var sent = false;
        _rig.Actions =
        [
            new ScriptedAction("disable_user", (_, change) =>
            {
                change.Send(new("POST", "/disable"));
                sent = true;
                return new("disabled", new Struct());
            }),
        ];

        Assert.Equal(0, await _rig.RunAsync("--invoke-action", "disable_user", "--invoke-action-args", """{"user_id": "7"}""", "--dry-run"));

        Assert.False(sent);
        Assert.Equal("would", _rig.Outcome);
    }
}
