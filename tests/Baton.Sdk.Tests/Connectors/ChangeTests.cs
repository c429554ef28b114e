using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tests.Connectors;

public sealed class ChangeTests
{
    [Fact]
    public void Send_Carried_NotesAndGoesOn()
    {
        var change = new Change();

        change.Announce(new("DELETE", "/c"));
        change.Send(new("PATCH", "/a", "{}"));
        change.Send(new("DELETE", "/c"));

        Assert.False(change.IsDryRun);
        Assert.Equal("PATCH /a {}, DELETE /c", string.Join(", ", change.Requests));
    }

    [Fact]
    public void Send_DryRun_EndsItAndShowsWhatWouldFollow()
    {
        var change = new Change(ChangeMode.DryRun);

        change.Announce(new("POST", "/b"));
        Assert.Throws<ChangeWithheldException>(() => change.Send(new("PATCH", "/a")));

        Assert.True(change.IsDryRun);
        Assert.Equal("PATCH /a, POST /b", string.Join(", ", change.Requests));
    }

    [Fact]
    public void Refuse_HasReasonEffectsOnceAndRemedy()
    {
        var change = new Change();
        change.Affects("nobody is left");
        change.Affects("teams go");
        change.Affects("nobody is left");
        change.Checked("looked");

        var refusal = change.Refuse("she is the last one", "Make somebody else one first");

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Equal("she is the last one. It would have this effect: nobody is left; teams go. Make somebody else one first", refusal.Message);
        Assert.Equal("why. Do that", new Change().Refuse("why", "Do that").Message);
        Assert.Equal("looked", Assert.Single(change.Checks));
    }
}
