using Baton.Grafana.Tests.Memberships;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Teams;

/// <summary>
/// Each request of a change goes wrong in each way, and the change is then repeated by a process that knows nothing of the first:
/// the end is right, nobody has more or less on the way than before or after, and nothing is done twice.
/// </summary>
public sealed class TeamInterruptionTests
{
    public enum Kind
    {
        Add,
        AddAdmin,
        Promote,
        Demote,
        Remove,
    }

    public static MatrixTheoryData<Access, Kind, Interruption> Cases
        => new(Enum.GetValues<Access>(), Enum.GetValues<Kind>(), Enum.GetValues<Interruption>());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Change_InterruptedAtEachRequestAndRepeated_EndsRight(Access access, Kind kind, Interruption interruption)
    {
        var duringAnswer = () => { };
        await using var rig = await TeamRig.StartAsync(access, options: new FakeGrafanaOptions
        {
            Delay = (_, gone) =>
            {
                duringAnswer();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            },
        });
        var (before, target, steps) = States(kind);
        Arrange(rig, before);
        await RunAsync(rig, kind, CancellationToken.None);
        var requests = rig.Grafana.Requests.Count;
        Assert.InRange(requests, 6, 12);

        for (var nth = 1; nth <= requests; nth++)
        {
            Arrange(rig, before);
            using var kill = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            duringAnswer = interruption == Interruption.KilledAfter ? kill.Cancel : rig.Time.PassDeadlines;
            Interruptions.Arrange(rig.Grafana, rig.Time, interruption, nth, kill);
            var failure = await Record.ExceptionAsync(() => RunAsync(rig, kind, kill.Token));
            var (between, writes) = (rig.Permission, rig.Grafana.Requests.Writes.Count);

            // Of the first try: either it was or it was not or, of two steps, the first was; and nobody says otherwise.
            Assert.Contains(between, steps == 2 ? new[] { before, 0, target } : [before, target]);
            Assert.True(failure is null or ConnectorException || (kill.IsCancellationRequested && failure is OperationCanceledException), $"request {nth}: {failure}");
            Assert.True(failure is not null || between == target, $"request {nth}: success is claimed of '{between}'");
            Assert.True(
                failure is null || !failure.Message.Contains("read back, ada", StringComparison.Ordinal) || failure.Message.Contains($"read back, ada is {Words(between)} of", StringComparison.Ordinal),
                $"request {nth}: '{between}', and {failure?.Message}");
            Assert.InRange(writes, 0, steps + (interruption == Interruption.RateLimited ? 1 : 0));

            // Of the second.
            rig.Grafana.Faults.Clear();
            rig.Grafana.Requests.Clear();
            var outcome = await RunAsync(rig, kind, CancellationToken.None);
            Assert.Equal(target, rig.Permission);
            Assert.Equal(target switch { null => "", 0 => "member", _ => "admin" }, RoleRig.Verified(outcome));
            Assert.Equal(between == target ? 0 : between == before ? steps : 1, rig.Grafana.Requests.Writes.Count);
            Assert.Equal(between == target, RoleRig.Told(outcome) is ["GrantAlreadyExists"] or ["GrantAlreadyRevoked"]);
        }
    }

    private static (int? Before, int? Target, int Steps) States(Kind kind) => kind switch
    {
        Kind.Add => (null, 0, 1),
        Kind.AddAdmin => (null, 4, 2),
        Kind.Promote => (0, 4, 1),
        Kind.Demote => (4, 0, 1),
        _ => (0, null, 1),
    };

    private static Task<ChangeOutcome> RunAsync(TeamRig rig, Kind kind, CancellationToken cancellationToken) => kind switch
    {
        Kind.Add => rig.GrantAsync("member", cancellationToken: cancellationToken),
        Kind.AddAdmin or Kind.Promote => rig.GrantAsync("admin", cancellationToken: cancellationToken),
        Kind.Demote => rig.RevokeAsync("admin", cancellationToken: cancellationToken),
        _ => rig.RevokeAsync("member", cancellationToken: cancellationToken),
    };

    private static void Arrange(TeamRig rig, int? permission)
    {
        rig.Grafana.RemoveTeamMember(rig.Team, rig.Ada);
        if (permission is { } held)
        {
            rig.Grafana.AddTeamMember(rig.Team, rig.Ada, held);
        }

        rig.Grafana.Faults.Clear();
        rig.Grafana.Requests.Clear();
    }

    private static string Words(int? permission) => permission switch
    {
        null => "not a member",
        0 => "a member",
        _ => "an administrator",
    };
}
