using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class DeleteResourceOperationTests : IDisposable
{
    private readonly OneShotRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_Resource_IsDeletedWithoutAFile()
    {
        ResourceId? seen = null;
        _rig.Users = new()
        {
            Delete = (id, change) =>
            {
                seen = id;
                change.Send(new("DELETE", "/users/1"));
                return new("user 1 is gone");
            },
        };

        Assert.Equal(0, await DeleteAsync("user"));

        Assert.Equal(Ids.Resource("user", "1"), seen);
        Assert.Equal(("delete-resource", "done", "user 1 is gone"), (_rig.Result.GetProperty("operation").GetString(), _rig.Outcome, _rig.Summary));
        Assert.False(File.Exists(_rig.File));
    }

    [Fact]
    public async Task RunAsync_GoneBefore_SaysSoAndSucceeds()
    {
        _rig.Users = new() { Delete = (_, _) => new("there is no user 1") { Annotations = [Annotations.Of(new ResourceDoesNotExist())] } };

        Assert.Equal(0, await DeleteAsync("user"));

        Assert.Equal("already", _rig.Outcome);
    }

    [Fact]
    public async Task RunAsync_TypeWithoutDeletion_IsUnimplemented()
    {
        Assert.Equal(12, await DeleteAsync("group"));

        Assert.Equal("resource type group does not have resource Delete() configured", _rig.LastError);
        Assert.Equal(("failed", "Unimplemented"), (_rig.Outcome, _rig.Result.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task RunAsync_TypeNotGiven_IsAUsageError()
    {
        Assert.Equal(2, await _rig.RunAsync("--delete-resource", "1", "-p"));

        Assert.Equal("unknown provisioning action: --delete-resource-type is missing, the type of the resource to delete, for example user", _rig.LastError);
        Assert.Empty(_rig.Program.Output);
    }

    [Fact]
    public async Task RunAsync_TypeAlone_IsAUsageError()
    {
        Assert.Equal(2, await _rig.RunAsync("--delete-resource-type", "user", "-p"));

        Assert.Equal("--delete-resource-type goes with --delete-resource, which is not given", _rig.LastError);
        Assert.False(File.Exists(_rig.File));
    }

    [Fact]
    public async Task RunAsync_GuardRefuses_SaysWhyInBothPlaces()
    {
        _rig.Users = new()
        {
            Delete = (_, change) =>
            {
                change.Checked("user 1 is the last admin");
                change.Affects("nobody can manage the server");
                throw change.Refuse("user 1 must not be deleted", "Make somebody else an admin first.");
            },
        };

        Assert.Equal((int)StatusCode.FailedPrecondition, await DeleteAsync("user"));

        Assert.Equal(
            "error: delete resource failed: user 1 must not be deleted. It would have this effect: nobody can manage the server. Make somebody else an admin first.",
            _rig.LastError);
        Assert.Equal(("failed", "FailedPrecondition", _rig.LastError), (_rig.Outcome, _rig.Result.GetProperty("code").GetString(), _rig.Summary));
        Assert.Equal(["user 1 is the last admin"], _rig.Texts("checks"));
        Assert.Equal(["nobody can manage the server"], _rig.Texts("effects"));
        Assert.Equal("[]", _rig.Result.GetProperty("requests").GetRawText());
    }

    private Task<int> DeleteAsync(string type) => _rig.RunAsync("--delete-resource", "1", "--delete-resource-type", type, "--provisioning");
}
