using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Tests.Sync;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class RevokeOperationTests : IDisposable
{
    private readonly OneShotRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_GrantOfTheFile_IsRevokedWithAllThatTheFileKnows()
    {
        Grant? seen = null;
        _rig.Groups = new()
        {
            Revoke = (grant, change) =>
            {
                seen = grant;
                change.Send(new("DELETE", "/groups/g/members/1"));
                return new("user 1 is no member of g");
            },
        };
        await _rig.SyncAsync();

        Assert.Equal(0, await _rig.RunAsync("--revoke-grant", "group:g:member:user:1", "--provisioning"));

        Assert.Equal(("revoke", "done"), (_rig.Result.GetProperty("operation").GetString(), _rig.Outcome));
        Assert.Equal("group:g:member:user:1", seen?.Id);
        Assert.Equal("group g", seen?.Entitlement.Resource.DisplayName);
        Assert.Equal("user 1", seen?.Principal.DisplayName);
        Assert.True(Annotations.Has(seen!.Annotations, GrantMetadata.Descriptor));
        Assert.Equal("""[{"method":"DELETE","target":"/groups/g/members/1"}]""", _rig.Result.GetProperty("requests").GetRawText());
    }

    [Fact]
    public async Task RunAsync_RevokedBefore_SaysSoAndSucceeds()
    {
        _rig.Groups = new() { Revoke = (_, _) => new("user 1 is no member") { Annotations = [Annotations.Of(new GrantAlreadyRevoked())] } };
        await _rig.SyncAsync();

        Assert.Equal(0, await _rig.RunAsync("--revoke-grant", "group:g:member:user:1", "-p"));

        Assert.Equal("already", _rig.Outcome);
    }

    [Fact]
    public async Task RunAsync_NoSuchGrant_IsNotFound()
    {
        await _rig.SyncAsync();

        Assert.Equal(5, await _rig.RunAsync("--revoke-grant", "group:g:member:user:9", "-p"));

        Assert.Contains("has no grant group:g:member:user:9: check the id (baton grants --file sync.c1z lists them)", _rig.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PrincipalNotInTheFile_IsNotFound()
    {
        WriteGrant(Make.Group("g"), withPrincipal: false);

        Assert.Equal(5, await _rig.RunAsync("--revoke-grant", "group:g:member:user:1", "-p"));

        Assert.Contains("has no resource 1 of type user, to which the grant group:g:member:user:1 is", _rig.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_GrantOnAnotherConnectorsResource_IsRefused()
    {
        WriteGrant(Make.Group("g", new BatonID()), withPrincipal: true);

        Assert.Equal(2, await _rig.RunAsync("--revoke-grant", "group:g:member:user:1", "-p"));

        Assert.StartsWith("cannot revoke grant on external resource: group g ", _rig.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SeveralSyncs_TheLatestFinishedCounts()
    {
        await _rig.SyncAsync();
        _rig.Write(fill: null);

        Assert.Equal(0, await _rig.RunAsync("--revoke-grant", "group:g:member:user:1", "-p"));

        WriteGrant(Make.Group("other"), withPrincipal: true);
        Assert.Equal(5, await _rig.RunAsync("--revoke-grant", "group:g:member:user:1", "-p"));
    }

    private void WriteGrant(Resource group, bool withPrincipal) => _rig.Write(writer =>
    {
        var entitlement = Make.Entitlement(group, "member");
        writer.Put([group]);
        writer.Put([entitlement]);
        writer.Put([Make.Grant(entitlement, Make.User("1"))]);
        if (withPrincipal)
        {
            writer.Put([Make.User("1")]);
        }
    });
}
