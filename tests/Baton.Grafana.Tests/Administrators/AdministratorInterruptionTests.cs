using Baton.Grafana.Tests.Memberships;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Administrators;

/// <summary>
/// Each request of a change goes wrong in each way, and the change is then repeated by a process that knows nothing of the first: the end
/// is right, and nothing is done twice.
/// </summary>
public sealed class AdministratorInterruptionTests
{
    public static MatrixTheoryData<bool, Interruption> Cases => new([true, false], Enum.GetValues<Interruption>());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Change_InterruptedAtEachRequestAndRepeated_EndsRight(bool isGrant, Interruption interruption)
    {
        var duringAnswer = () => { };
        await using var rig = await AdministratorRig.StartAsync(options: new FakeGrafanaOptions
        {
            Delay = (_, gone) =>
            {
                duringAnswer();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            },
        });
        Arrange();
        await RunAsync(CancellationToken.None);
        var requests = rig.Grafana.Requests.Count;
        Assert.InRange(requests, 4, 6);

        for (var nth = 1; nth <= requests; nth++)
        {
            Arrange();
            using var kill = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            duringAnswer = interruption == Interruption.KilledAfter ? kill.Cancel : rig.Time.PassDeadlines;
            Interruptions.Arrange(rig.Grafana, rig.Time, interruption, nth, kill);
            var failure = await Record.ExceptionAsync(() => RunAsync(kill.Token));
            var between = rig.Grafana.IsServerAdmin(rig.Ada);
            Assert.True(failure is null or ConnectorException || (kill.IsCancellationRequested && failure is OperationCanceledException), $"request {nth}: {failure}");
            Assert.True(failure is not null || between == isGrant, $"request {nth}: success is claimed of what did not happen");
            Assert.InRange(rig.Grafana.Requests.Writes.Count, 0, interruption == Interruption.RateLimited ? 2 : 1);

            rig.Grafana.Faults.Clear();
            rig.Grafana.Requests.Clear();
            var outcome = await RunAsync(CancellationToken.None);
            Assert.Equal(isGrant, rig.Grafana.IsServerAdmin(rig.Ada));
            Assert.Equal(isGrant ? "server-admin" : "", RoleRig.Verified(outcome));
            Assert.Equal(between == isGrant ? 0 : 1, rig.Grafana.Requests.Writes.Count);
            Assert.Equal(between == isGrant, RoleRig.Told(outcome) is ["GrantAlreadyExists"] or ["GrantAlreadyRevoked"]);
        }

        void Arrange()
        {
            rig.Grafana.SetServerAdmin(rig.Ada, !isGrant);
            rig.Grafana.Faults.Clear();
            rig.Grafana.Requests.Clear();
        }

        Task<ChangeOutcome> RunAsync(CancellationToken cancellationToken)
            => isGrant ? rig.GrantAsync(rig.Ada, cancellationToken: cancellationToken) : rig.RevokeAsync(rig.Ada, cancellationToken: cancellationToken);
    }
}
