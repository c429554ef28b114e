using System.Text.Json;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.ServiceAccounts;

/// <summary>
/// Each request goes wrong in each way, and is then repeated by a process that knows nothing of the first. There is never a second token
/// of one request, none stays that nobody has and nobody was told of, and its key is said to nobody else.
/// </summary>
public sealed class TokenInterruptionTests
{
    public static MatrixTheoryData<Access, Interruption> Cases => new(Enum.GetValues<Access>(), Enum.GetValues<Interruption>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Issue_InterruptedAtEachRequestAndRepeated_LeavesNoTokenThatNobodyKnowsOf(Access access, Interruption interruption)
    {
        var duringAnswer = () => { };
        await using var rig = await StartAsync(access, () => duringAnswer());
        await rig.IssueAsync("clean");
        var requests = rig.Grafana.Requests.Count;
        Assert.InRange(requests, 6, 8);

        for (var nth = 1; nth <= requests; nth++)
        {
            Clear(rig);
            using var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            duringAnswer = interruption == Interruption.KilledAfter ? kill.Cancel : rig.Time.PassDeadlines;
            Interruptions.Arrange(rig.Grafana, rig.Time, interruption, nth, kill);
            IssuedCredential? issued = null;
            var failure = await Record.ExceptionAsync(async () => issued = await rig.IssueAsync($"r{nth}", cancellationToken: kill.Token));

            // Of the first try.
            var left = rig.Grafana.Tokens(rig.Robot);
            Assert.True(failure is null or ConnectorException || (kill.IsCancellationRequested && failure is OperationCanceledException), $"request {nth}: {failure}");
            Assert.InRange(Posts(rig), 0, interruption == Interruption.RateLimited ? 2 : 1);
            AssertSilent(rig, failure, issued);
            if (failure is null)
            {
                AssertIsTheOne(rig, issued!);
            }
            else if (left.Count > 0)
            {
                Assert.True(
                    failure.Message.Contains("must be deleted by hand", StringComparison.Ordinal) && interruption is Interruption.GoneBefore or Interruption.GoneAfter or Interruption.Status500After,
                    $"request {nth}: {failure}");
            }

            // Of the second.
            rig.Grafana.Faults.Clear();
            rig.Grafana.Requests.Clear();
            if (left.Count > 0)
            {
                Assert.Equal(StatusCode.AlreadyExists, (await rig.IssueFailsAsync($"r{nth}")).Code);
            }
            else
            {
                AssertIsTheOne(rig, await rig.IssueAsync($"r{nth}"));
            }

            Assert.Single(rig.Grafana.Tokens(rig.Robot));
            Assert.Equal(left.Count > 0 ? 0 : 1, rig.Grafana.Requests.Writes.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Delete_InterruptedAtEachRequestAndRepeated_EndsDeleted(Access access, Interruption interruption)
    {
        var duringAnswer = () => { };
        await using var rig = await StartAsync(access, () => duringAnswer());
        await rig.DeleteAsync(Arrange());
        var requests = rig.Grafana.Requests.Count;
        Assert.InRange(requests, 6, 8);

        for (var nth = 1; nth <= requests; nth++)
        {
            var handle = Arrange();
            using var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            duringAnswer = interruption == Interruption.KilledAfter ? kill.Cancel : rig.Time.PassDeadlines;
            Interruptions.Arrange(rig.Grafana, rig.Time, interruption, nth, kill);
            var failure = await Record.ExceptionAsync(() => rig.DeleteAsync(handle, cancellationToken: kill.Token));
            var isThere = rig.Grafana.Tokens(rig.Robot).Count == 1;
            Assert.True(failure is null or ConnectorException || (kill.IsCancellationRequested && failure is OperationCanceledException), $"request {nth}: {failure}");
            Assert.True(failure is not null || !isThere, $"request {nth}: success is claimed of a token that is there");

            rig.Grafana.Faults.Clear();
            rig.Grafana.Requests.Clear();
            var outcome = await rig.DeleteAsync(handle);
            Assert.Empty(rig.Grafana.Tokens(rig.Robot));
            Assert.Equal(isThere ? 1 : 0, rig.Grafana.Requests.Writes.Count);
            Assert.Equal(!isThere, Annotations.Has(outcome.Annotations, ResourceDoesNotExist.Descriptor));
        }

        string Arrange()
        {
            Clear(rig);
            return rig.AddToken("gone");
        }
    }

    private static Task<ServiceAccountRig> StartAsync(Access access, Action duringAnswer) => ServiceAccountRig.StartAsync(access, options: new FakeGrafanaOptions
    {
        Delay = (_, gone) =>
        {
            duringAnswer();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
        },
    });

    private static void Clear(ServiceAccountRig rig)
    {
        foreach (var (id, _, _) in rig.Grafana.Tokens(rig.Robot))
        {
            rig.Grafana.RemoveToken(rig.Robot, id);
        }

        rig.Grafana.Faults.Clear();
        rig.Grafana.Requests.Clear();
    }

    private static int Posts(ServiceAccountRig rig) => rig.Grafana.Requests.Writes.Count(line => line.StartsWith("POST", StringComparison.Ordinal));

    private static void AssertIsTheOne(ServiceAccountRig rig, IssuedCredential issued)
    {
        using var credential = JsonDocument.Parse(ServiceAccountRig.Text(issued.Plaintexts[0]));
        Assert.Equal(rig.Grafana.TokenKeys(rig.Robot), [credential.RootElement.GetProperty("key_value").GetString()!]);
    }

    private static void AssertSilent(ServiceAccountRig rig, Exception? failure, IssuedCredential? issued)
        => Assert.DoesNotContain(
            [.. rig.Logs.Lines, $"{failure}", $"{issued}", $"{issued?.Secret}"], line => line.Contains("glsa_", StringComparison.Ordinal));
}
