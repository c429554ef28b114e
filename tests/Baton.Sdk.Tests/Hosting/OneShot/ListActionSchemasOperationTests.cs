using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class ListActionSchemasOperationTests : IDisposable
{
    private readonly OneShotRig _rig = new()
    {
        // Nobody needs to be asked.
        Validate = _ => throw new InvalidOperationException(),
    };

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_NoActions_ListsNone()
    {
        Assert.Equal(0, await _rig.RunAsync("--list-action-schemas"));

        Assert.Equal(("done", "there are no actions"), (_rig.Outcome, _rig.Summary));
        Assert.Contains("\"msg\":\"Action Schemas\",\"count\":0,\"schemas\":[]", _rig.Program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Actions_AreListedWithoutProvisioning()
    {
        _rig.Actions = [Action("disable_user", ""), Action("rename", "group")];

        Assert.Equal(0, await _rig.RunAsync("--list-action-schemas"));

        var schema = Assert.Single(_rig.Result.GetProperty("response").GetProperty("schemas").EnumerateArray().ToList());
        Assert.Equal("disable_user", schema.GetProperty("name").GetString());
        Assert.Equal("user_id", schema.GetProperty("arguments")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task RunAsync_ResourceType_ListsItsActions()
    {
        _rig.Actions = [Action("disable_user", ""), Action("rename", "group")];

        Assert.Equal(0, await _rig.RunAsync("--list-action-schemas", "--list-action-schemas-resource-type", "group"));

        Assert.Equal("1 action of the resource type group", _rig.Summary);
        Assert.Equal("rename", _rig.Result.GetProperty("response").GetProperty("schemas")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task RunAsync_Terminal_ListsThemForPeople()
    {
        _rig.Program.OutputOnATerminal = true;
        _rig.Actions = [Action("disable_user", "")];

        Assert.Equal(0, await _rig.RunAsync("--list-action-schemas"));

        Assert.Equal("1 action\n  disable_user  Does it\n    user_id (string, required)  Whom\n", _rig.Program.Output);
    }

    private static ScriptedAction Action(string name, string type) => new(name, (_, _) => new("done", new Struct()), type);
}
