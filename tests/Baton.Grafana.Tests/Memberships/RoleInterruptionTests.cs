using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>
/// Each request of a change goes wrong in each way, and the change is then repeated by a process that knows nothing of the first:
/// the end is right, nobody loses a membership on the way, and nothing is done twice (E8.2).
/// </summary>
public sealed class RoleInterruptionTests
{
    public enum Kind
    {
        Add,
        Promote,
        Demote,
        Revoke,
    }

    public static MatrixTheoryData<Access, Kind, Interruption> Cases
        => new(Enum.GetValues<Access>(), Enum.GetValues<Kind>(), Enum.GetValues<Interruption>());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Change_InterruptedAtEachRequestAndRepeated_EndsRight(Access access, Kind kind, Interruption interruption)
    {
        var duringAnswer = () => { };
        await using var rig = await RoleRig.StartAsync(access, options: new FakeGrafanaOptions
        {
            Delay = (_, gone) =>
            {
                duringAnswer();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            },
        });
        var team = rig.Grafana.AddTeam(rig.Platform, "on call");
        var (before, target) = States(kind);
        Arrange(rig, team, before);
        await RunAsync(rig, kind, CancellationToken.None);
        var requests = rig.Grafana.Requests.Count;
        Assert.InRange(requests, 5, 8);

        for (var nth = 1; nth <= requests; nth++)
        {
            Arrange(rig, team, before);
            using var kill = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            duringAnswer = interruption == Interruption.KilledAfter ? kill.Cancel : rig.Time.PassDeadlines;
            interruption.Apply(rig.Grafana, rig.Time, nth, kill);
            var failure = await Record.ExceptionAsync(() => RunAsync(rig, kind, kill.Token));
            var (between, writes) = (rig.Role, rig.Grafana.Requests.Writes.Count);

            // Of the first try: either it was or it was not, and nobody says otherwise.
            Assert.Contains(between, new[] { before, target });
            Assert.True(failure is null or ConnectorException || (kill.IsCancellationRequested && failure is OperationCanceledException), $"request {nth}: {failure}");
            Assert.True(failure is not null || between == target, $"request {nth}: success is claimed of a membership that is '{between}'");
            Assert.True(between == before || failure?.Message.Contains("changed", StringComparison.Ordinal) != true, $"request {nth}: {failure?.Message}");
            Assert.InRange(writes, 0, interruption == Interruption.RateLimited ? 2 : 1);
            AssertTeamKept(rig, team, kind, between);

            // Of the second.
            rig.Grafana.Faults.Clear();
            rig.Grafana.Requests.Clear();
            var outcome = await RunAsync(rig, kind, CancellationToken.None);
            Assert.Equal(target, rig.Role);
            Assert.Equal(target?.ToString() ?? "", RoleRig.Verified(outcome));
            Assert.Equal(between == target ? 0 : 1, rig.Grafana.Requests.Writes.Count);
            Assert.Equal(between == target, RoleRig.Told(outcome) is ["GrantAlreadyExists"] or ["GrantAlreadyRevoked"]);
            AssertTeamKept(rig, team, kind, target);
        }
    }

    private static (GrafanaRole? Before, GrafanaRole? Target) States(Kind kind) => kind switch
    {
        Kind.Add => (null, GrafanaRole.Editor),
        Kind.Promote => (GrafanaRole.Viewer, GrafanaRole.Editor),
        Kind.Demote => (GrafanaRole.Admin, GrafanaRole.Editor),
        _ => (GrafanaRole.Editor, null),
    };

    private static Task<ChangeOutcome> RunAsync(RoleRig rig, Kind kind, CancellationToken cancellationToken) => kind == Kind.Revoke
        ? rig.RevokeAsync("Editor", cancellationToken: cancellationToken)
        : rig.GrantAsync("Editor", cancellationToken: cancellationToken);

    private static void Arrange(RoleRig rig, long team, GrafanaRole? role)
    {
        if (rig.Role is not null)
        {
            rig.Grafana.RemoveMember(rig.Platform, rig.Ada);
        }

        if (role is { } held)
        {
            rig.Grafana.AddMember(rig.Platform, rig.Ada, held);
            rig.Grafana.AddTeamMember(team, rig.Ada);
        }

        rig.Grafana.Faults.Clear();
        rig.Grafana.Requests.Clear();
    }

    // Somebody who was removed and added again would be a member, but of no team.
    private static void AssertTeamKept(RoleRig rig, long team, Kind kind, GrafanaRole? role)
        => Assert.Equal(kind != Kind.Add && role is not null, rig.Grafana.TeamMembers(team).ContainsKey(rig.Ada));
}
