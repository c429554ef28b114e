using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Invitations;

/// <summary>Pending invitations are withdrawn by their ids, although Grafana goes by their codes (D56, D70).</summary>
public sealed class InvitationWithdrawalTests
{
    private const string Label = "invitation 2 (hedy@example.com, Editor of organization 2 (platform team))";

    public static MatrixTheoryData<Access, string> Cases => new([Access.Administrator, Access.Token], ["6.5", "7.5", "9.4", "11.3", "12.1"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Delete_Pending_IsWithdrawnInItsOrganization(Access access, string version)
    {
        await using var rig = await InvitationRig.StartAsync(access, version);

        var outcome = await rig.DeleteAsync(rig.Hedy);

        Assert.False(rig.IsPending);
        Assert.Equal(["other@example.com"], rig.Grafana.PendingInvites(1));
        Assert.Empty(outcome.Annotations);
        Assert.Equal($"{Label} is withdrawn; read back from Grafana {Testing.Grafana.GrafanaVersion.Parse(version)}", outcome.Summary);
        Assert.Single(rig.Grafana.Requests.Writes);
        rig.AssertSilent(rig.Logs.Lines);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Delete_GoneOrNeverThere_IsASuccessAndSaysSo(Access access, string version)
    {
        // Old releases say that they withdrew whatever is asked of them.
        await using var rig = await InvitationRig.StartAsync(access, version);
        await rig.DeleteAsync(rig.Hedy);
        rig.Grafana.Requests.Clear();

        foreach (var id in new[] { rig.Hedy, 77 })
        {
            var outcome = await rig.DeleteAsync(id);

            Assert.True(Annotations.Has(outcome.Annotations, ResourceDoesNotExist.Descriptor));
            Assert.StartsWith($"no organization that the credential belongs to has a pending invitation {id}", outcome.Summary, StringComparison.Ordinal);
        }

        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Delete_OfAnotherOrganizationThanTheTokens_IsNotTouched()
    {
        await using var rig = await InvitationRig.StartAsync(Access.Token);

        Assert.True(Annotations.Has((await rig.DeleteAsync(rig.Other)).Annotations, ResourceDoesNotExist.Descriptor));

        Assert.Equal(["other@example.com"], rig.Grafana.PendingInvites(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("-2")]
    [InlineData("0")]
    [InlineData("2/../3")]
    public async Task Delete_NoNumber_IsInvalid(string id)
    {
        await using var rig = await InvitationRig.StartAsync();

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => rig.DeleteAsync(id));

        Assert.Equal(StatusCode.InvalidArgument, refused.Code);
        Assert.Empty(rig.Grafana.Requests.All);
    }

    [Fact]
    public async Task Delete_MayNotLook_DoesNotSayThatThereIsNone()
    {
        await using var rig = await InvitationRig.StartAsync();
        var reader = rig.Grafana.AddServiceAccountToken(rig.Platform, GrafanaRole.Viewer);

        var refused = await rig.DeleteFailsAsync(rig.Hedy, reader);

        Assert.Equal(StatusCode.PermissionDenied, refused.Code);
        Assert.Contains("it is not known whether invitation 2 is among them; the credential needs org.users:add (scope users:*)", refused.Message, StringComparison.Ordinal);
        Assert.True(rig.IsPending);
    }

    [Fact]
    public async Task Delete_AnsweredMeanwhile_SaysThatItWasNotUs()
    {
        await using var rig = await InvitationRig.StartAsync(version: "12.1");
        rig.Grafana.Faults.On("PATCH", "/revoke$").Run(_ => rig.Grafana.RemoveInvites(rig.Platform));
        rig.Grafana.Faults.On("PATCH", "/revoke$").Respond(404, """{"message":"Invite not found"}""");

        var outcome = await rig.DeleteAsync(rig.Hedy);

        Assert.StartsWith($"{Label} was answered or withdrawn meanwhile", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"message":"Invite revoked"}""", StatusCode.Aborted, "is pending still")]
    [InlineData(403, """{"message":"Permission denied: not permitted to revoke invite"}""", StatusCode.PermissionDenied, "the credential needs org.users:add (scope users:*)")]
    [InlineData(500, """{"message":"Failed"}""", StatusCode.Unavailable, "is pending still")]
    public async Task Delete_DidNotHappen_IsNoSuccess(int status, string body, StatusCode code, string why)
    {
        await using var rig = await InvitationRig.StartAsync();
        rig.Grafana.Faults.On("PATCH", "/revoke$").Respond(status, body);

        var refused = await rig.DeleteFailsAsync(rig.Hedy);

        Assert.Equal(code, refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_GrafanaTellsNoCode_AsksForNothing()
    {
        await using var rig = await InvitationRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/org/invites").Respond(200, """[{"id":2,"email":"hedy@example.com","role":"Editor"}]""");

        Assert.Equal(StatusCode.Internal, (await rig.DeleteFailsAsync(2)).Code);

        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task DryRun_ShowsTheRequestWithoutTheCode()
    {
        await using var rig = await InvitationRig.StartAsync();
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => rig.DeleteAsync(rig.Hedy, change));

        Assert.Equal(["PATCH /api/org/invites/(code of 2)/revoke"], change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"{Label} is pending"], change.Checks);
        Assert.Equal(["the link that hedy@example.com was given stops working"], change.Effects);
        Assert.True(rig.IsPending);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    public static MatrixTheoryData<Access, Interruption> Interruptions => new(Enum.GetValues<Access>(), Enum.GetValues<Interruption>());

    /// <summary>
    /// Each request goes wrong in each way, and the withdrawal is repeated by a process that knows nothing of the first: it ends right,
    /// nothing is done twice, and the code is nowhere to be read.
    /// </summary>
    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task Delete_InterruptedAtEachRequestAndRepeated_EndsRight(Access access, Interruption interruption)
    {
        var duringAnswer = () => { };
        await using var rig = await InvitationRig.StartAsync(access, options: new FakeGrafanaOptions
        {
            Delay = (_, gone) =>
            {
                duringAnswer();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            },
        });
        await rig.DeleteAsync(rig.Hedy);
        var requests = rig.Grafana.Requests.Count;
        Assert.InRange(requests, 5, 6);

        for (var nth = 1; nth <= requests; nth++)
        {
            var invite = rig.Grafana.AddInvite(rig.Platform, "hedy@example.com", GrafanaRole.Editor);
            rig.Grafana.Requests.Clear();
            using var kill = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            duringAnswer = interruption == Interruption.KilledAfter ? kill.Cancel : rig.Time.PassDeadlines;
            Memberships.Interruptions.Arrange(rig.Grafana, rig.Time, interruption, nth, kill);
            var change = new Change();
            var failure = await Record.ExceptionAsync(() => rig.DeleteAsync(invite, change, cancellationToken: kill.Token));
            var between = rig.IsPending;
            Assert.True(failure is null or ConnectorException || (kill.IsCancellationRequested && failure is OperationCanceledException), $"request {nth}: {failure}");
            Assert.True(failure is not null || !between, $"request {nth}: success is claimed of an invitation that is pending still");
            Assert.InRange(rig.Grafana.Requests.Writes.Count, 0, interruption == Interruption.RateLimited ? 2 : 1);
            rig.AssertSilent([failure?.ToString() ?? "", .. change.Checks, .. change.Effects, .. change.Requests.Select(request => request.ToString())]);

            rig.Grafana.Faults.Clear();
            rig.Grafana.Requests.Clear();
            var outcome = await rig.DeleteAsync(invite);
            Assert.False(rig.IsPending);
            Assert.Equal(between ? 1 : 0, rig.Grafana.Requests.Writes.Count);
            Assert.Equal(!between, Annotations.Has(outcome.Annotations, ResourceDoesNotExist.Descriptor));
        }

        rig.AssertSilent(rig.Logs.Lines);
    }
}
