using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class OneShotSelectionTests : IDisposable
{
    private readonly OneShotRig _rig = new()
    {
        Actions = [new ScriptedAction("act", (_, _) => new("acted", new Struct()))],
        Validate = _ => throw new InvalidOperationException("nobody is to be asked"),
    };

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(12, "resource type does not have credential manager configured", "--rotate-credentials", "1", "--rotate-credentials-type", "user")]
    [InlineData(2, "unknown provisioning action: --rotate-credentials-type is missing, the type of the resource whose credentials to rotate", "--rotate-credentials", "1")]
    [InlineData(5, "error: event feed id baton_feed_event not found", "--event-feed", "true")]
    [InlineData(5, "error: event feed id mine not found", "--event-feed=1", "--event-feed-id", "mine")]
    [InlineData(2, "--event-feed must be true or false; --event-feed-id names the feed", "--event-feed", "mine")]
    [InlineData(12, "ticket manager not implemented", "--list-ticket-schemas")]
    [InlineData(12, "ticket manager not implemented", "--create-ticket", "--ticket-template-path", "x.json")]
    [InlineData(12, "ticket manager not implemented", "--bulk-create-ticket", "--bulk-ticket-template-path", "x.json")]
    [InlineData(12, "ticket manager not implemented", "--get-ticket", "--ticket-id", "1")]
    [InlineData(2, "--invoke-resource-action has no effect: use --invoke-action with --invoke-action-resource-type", "--invoke-resource-action", "act")]
    [InlineData(2, "--list-resource-actions has no effect: use --list-action-schemas with --list-action-schemas-resource-type", "--list-resource-actions", "user")]
    [InlineData(2, "--event-feed-cursor goes with --event-feed, which is not given", "--event-feed-cursor", "x")]
    [InlineData(2, "--invoke-action-args goes with --invoke-action, which is not given", "--invoke-action-args", "{}")]
    [InlineData(2, "--dry-run goes with a one-shot operation, and none is given: a sync changes nothing but its file", "--dry-run")]
    public async Task RunAsync_WhatNoConnectorOffersOrIsIncomplete_DoesNotBecomeASync(int exitCode, string text, params string[] arguments)
    {
        Assert.Equal(exitCode, await _rig.RunAsync(arguments));

        Assert.Equal(text, _rig.LastError);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_rig.Program.Folder));
    }

    [Theory]
    [InlineData("grant-entitlement revoke-grant", "--grant-entitlement", "e", "--grant-principal", "p", "--revoke-grant", "g")]
    [InlineData("delete-resource rotate-credentials", "--delete-resource", "1", "--rotate-credentials", "1")]
    [InlineData("create-ticket event-feed", "--event-feed", "true", "--create-ticket", "--ticket-template-path", "x")]
    public async Task RunAsync_OperationsThatExcludeEachOther_AreAUsageError(string both, params string[] arguments)
    {
        Assert.Equal(2, await _rig.RunAsync([.. arguments, "-p"]));

        Assert.Contains($"are set none of the others can be; [{both}] were all set", _rig.Program.Error, StringComparison.Ordinal);
        Assert.Empty(_rig.Program.Output);
    }

    [Fact]
    public async Task RunAsync_SeveralOthers_TheFirstInOrderIsDoneAndTheRestIsSaid()
    {
        _rig.Validate = _ => Task.CompletedTask;
        _rig.Users = new() { Delete = (_, _) => throw new InvalidOperationException("not to be deleted") };

        Assert.Equal(0, await _rig.RunAsync("--delete-resource", "1", "--delete-resource-type", "user", "--invoke-action", "act", "--invoke-action-args", """{"user_id":"1"}""", "-p"));

        Assert.Equal("invoke-action", _rig.Result.GetProperty("operation").GetString());
        Assert.Contains(
            "\"msg\":\"one operation a run: another one that was asked for is left out\",\"left_out\":\"--delete-resource\",\"carried_out\":\"invoke-action\"",
            _rig.Program.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "c1zPath must be set when in on-demand mode (--file)")]
    [InlineData(0, "", "--list-action-schemas")]
    public async Task RunAsync_OperationOnFiles_NeedsNoConnectorUnlessAnotherOneIsAskedForToo(int exitCode, string error, params string[] more)
    {
        var isMade = false;
        _rig.Program.Create = (_, _) =>
        {
            isMade = true;
            return _rig.Program.Default;
        };

        Assert.Equal(exitCode, await _rig.Program.RunAsync(["--diff-syncs", "--file=", "--base-sync-id=a", "--applied-sync-id=b", .. more]));

        Assert.Equal(more.Length > 0, isMade);
        Assert.Contains(error, _rig.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FromTheEnvironment_IsTheSame()
    {
        _rig.Program.Variables["BATON_LIST_ACTION_SCHEMAS"] = "true";

        Assert.Equal(0, await _rig.RunAsync());

        Assert.Equal("list-action-schemas", _rig.Result.GetProperty("operation").GetString());
    }

    [Fact]
    public async Task RunAsync_SwitchOfAnOperationIsOff_Syncs()
    {
        _rig.Validate = _ => Task.CompletedTask;

        Assert.Equal(0, await _rig.RunAsync("--list-action-schemas=false", "--event-feed=false"));

        Assert.True(File.Exists(_rig.File));
    }

    [Fact]
    public async Task RunAsync_WithAClientId_IsAUsageError()
    {
        Assert.Equal(2, await _rig.RunAsync("--revoke-grant", "g", "-p", "--client-id", "a", "--client-secret", "b"));

        Assert.Equal("revoke is done once, and --client-id makes a service: leave one of them out", _rig.LastError);
    }
}
