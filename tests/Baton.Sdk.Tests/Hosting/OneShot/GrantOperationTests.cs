using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Tests.Sync;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class GrantOperationTests : IDisposable
{
    private readonly OneShotRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_EntitlementAndPrincipalOfTheFile_AreGranted()
    {
        (Entitlement Entitlement, Resource Principal)? seen = null;
        _rig.Groups = new()
        {
            Grant = (entitlement, principal, change) =>
            {
                seen = (entitlement, principal);
                change.Checked("user 2 is no member");
                change.Affects("user 2 gets a mail");
                change.Send(new("POST", "/groups/g/members", "{\"user\":2}"));
                return new("user 2 is a member of g");
            },
        };
        await _rig.SyncAsync();
        var before = await File.ReadAllBytesAsync(_rig.File, TestContext.Current.CancellationToken);

        Assert.Equal(0, await GrantAsync("group:g:member", "2", "-p"));

        Assert.Equal("group g", seen?.Entitlement.Resource.DisplayName);
        Assert.Equal("user 2", seen?.Principal.DisplayName);
        Assert.Equal(("grant", "done", "user 2 is a member of g"), (_rig.Result.GetProperty("operation").GetString(), _rig.Outcome, _rig.Summary));
        Assert.False(_rig.Result.GetProperty("dryRun").GetBoolean());
        Assert.Equal(["user 2 is no member"], _rig.Texts("checks"));
        Assert.Equal(["user 2 gets a mail"], _rig.Texts("effects"));
        Assert.Equal(
            """[{"method":"POST","target":"/groups/g/members","body":"{\"user\":2}"}]""", _rig.Result.GetProperty("requests").GetRawText());
        Assert.False(_rig.Result.TryGetProperty("code", out _));
        Assert.Equal(before, await File.ReadAllBytesAsync(_rig.File, TestContext.Current.CancellationToken));
        Assert.Equal(_rig.File, Assert.Single(Directory.EnumerateFileSystemEntries(_rig.Program.Folder)));
    }

    [Fact]
    public async Task RunAsync_GrantedBefore_SaysSoAndSucceeds()
    {
        _rig.Groups = new() { Grant = (_, _, _) => new("user 1 is a member already") { Annotations = [Annotations.Of(new GrantAlreadyExists())] } };
        await _rig.SyncAsync();

        Assert.Equal(0, await GrantAsync("group:g:member", "1", "-p"));

        Assert.Equal(("already", "user 1 is a member already"), (_rig.Outcome, _rig.Summary));
        Assert.Equal(
            """[{"@type":"type.googleapis.com/c1.connector.v2.GrantAlreadyExists"}]""",
            _rig.Result.GetProperty("annotations").GetRawText());
        Assert.Equal("{}", _rig.Result.GetProperty("response").GetRawText());
    }

    [Fact]
    public async Task RunAsync_Grants_AreInTheResponse()
    {
        _rig.Groups = new() { Grant = (entitlement, principal, _) => new("granted") { Grants = [Make.Grant(entitlement, principal)] } };
        await _rig.SyncAsync();

        Assert.Equal(0, await GrantAsync("group:g:member", "2", "-p"));

        Assert.Equal("group:g:member:user:2", _rig.Result.GetProperty("response").GetProperty("grants")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("group:g:owner", "1", "has no entitlement group:g:owner: check the id (baton entitlements --file sync.c1z lists them), or sync again")]
    [InlineData("group:g:member", "user:1", "has no resource user:1 of type user, the principal (--grant-principal, --grant-principal-type): check the id")]
    public async Task RunAsync_NotInTheFile_IsNotFound(string entitlement, string principal, string why)
    {
        await _rig.SyncAsync();
        _rig.Validate = _ => throw new InvalidOperationException("Nobody is to be asked.");

        Assert.Equal(5, await GrantAsync(entitlement, principal, "-p"));

        Assert.StartsWith("the latest sync in sync.c1z (full, 2026-11-23 12:00:00) has no ", _rig.LastError, StringComparison.Ordinal);
        Assert.Contains(why, _rig.LastError, StringComparison.Ordinal);
        Assert.Equal(("failed", "NotFound", _rig.LastError), (_rig.Outcome, _rig.Result.GetProperty("code").GetString(), _rig.Summary));
    }

    [Fact]
    public async Task RunAsync_NoFile_IsAFailedPreconditionAndMakesNone()
    {
        Assert.Equal(9, await GrantAsync("group:g:member", "1", "-p"));

        Assert.Equal("there is no file sync.c1z, or it is empty: run a sync into it first, or name another with --file", _rig.LastError);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_rig.Program.Folder));
    }

    [Fact]
    public async Task RunAsync_FileWithoutAFinishedSync_IsAFailedPrecondition()
    {
        _rig.Write(fill: null);

        Assert.Equal(9, await GrantAsync("group:g:member", "1", "-p"));

        Assert.Equal("sync.c1z has no finished sync: run a sync into it first, or name another with --file", _rig.LastError);
    }

    [Fact]
    public async Task RunAsync_FileIsSomethingElse_SaysSo()
    {
        await File.WriteAllTextAsync(_rig.File, "not a c1z file", TestContext.Current.CancellationToken);

        Assert.Equal(2, await GrantAsync("group:g:member", "1", "-p"));

        Assert.Contains("is not a .c1z file", _rig.LastError, StringComparison.Ordinal);
        Assert.Equal("failed", _rig.Outcome);
    }

    [Fact]
    public async Task RunAsync_FileElsewhere_IsRead()
    {
        await _rig.SyncAsync();
        var elsewhere = Path.Combine(_rig.Program.Folder, "elsewhere.c1z");
        File.Move(_rig.File, elsewhere);

        Assert.Equal(0, await GrantAsync("group:g:member", "1", "-p", "--file", elsewhere));
    }

    [Fact]
    public async Task RunAsync_EntitlementOfAnotherConnector_IsRefused()
    {
        var foreign = Make.Group("g", new BatonID());
        _rig.Write(writer =>
        {
            writer.Put([foreign, Make.User("1")]);
            writer.Put([Make.Entitlement(foreign, "member")]);
        });

        Assert.Equal(2, await GrantAsync("group:g:member", "1", "-p"));

        Assert.StartsWith("cannot grant entitlement on external resource: group g ", _rig.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown provisioning action: --grant-principal-type is missing, the resource type of the principal, for example user", "--grant-entitlement", "e", "--grant-principal", "1")]
    [InlineData("unknown provisioning action: --grant-entitlement is missing, the id of the entitlement to grant", "--grant-entitlement=", "--grant-principal", "1")]
    [InlineData("if any flags in the group [grant-entitlement grant-principal] are set they must all be set; missing [grant-principal]", "--grant-entitlement", "e")]
    [InlineData("if any flags in the group [grant-entitlement grant-principal] are set they must all be set; missing [grant-entitlement]", "--grant-principal", "1")]
    [InlineData("--grant-principal-type goes with --grant-entitlement, which is not given", "--grant-principal-type", "user")]
    public async Task RunAsync_Incomplete_IsAUsageError(string text, params string[] arguments)
    {
        Assert.Equal(2, await _rig.RunAsync(["-p", .. arguments]));

        Assert.Equal($"{text}\n", _rig.Program.Error);
        Assert.Empty(_rig.Program.Output);
        Assert.False(File.Exists(_rig.File));
    }

    private Task<int> GrantAsync(string entitlement, string principal, params string[] more)
        => _rig.RunAsync(["--grant-entitlement", entitlement, "--grant-principal", principal, "--grant-principal-type", "user", .. more]);
}
