using Baton.Testing.Grafana;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>
/// The contract of the fake: what a true Grafana 6.5 answered, it answers too. Compared are the status, the media type of
/// the content, redirects, and the whole body, times included. What is not compared are API keys and invite codes, which are
/// random, and the order of quotas, which is too.
/// </summary>
public sealed class RecordedExchangesTests
{
    /// <summary>Where the fake answers differently on purpose, and why. An entry that no longer holds fails the test.</summary>
    private static readonly Dictionary<int, string> Deviations = [];

    // Lazy: where the recordings are missing, the tests have to fail and say so, not to go undiscovered.
    private static readonly Lazy<IReadOnlyList<Recording>> Recordings = new(() => Recording.ReadAll("6.5"));

    public static TheoryData<string> Servers => ["default", "restricted", "login-form-disabled", "basic-auth-disabled", "smtp-enabled"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void AllRecordings_AreThere_AndEachBelongsToAServerThatIsReplayed()
    {
        Assert.Equal(404, Recordings.Value.Count);
        Assert.Equal(
            Servers.Select(row => row.Data).Order(StringComparer.Ordinal),
            Recordings.Value.Select(recording => recording.Server).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Replay_EveryExchangeOfOneServer_IsAnsweredAsRecorded(string name)
    {
        var server = RecordedServer.Named(name);
        var time = new FakeTimeProvider(server.StartedAt);
        await using var grafana = await FakeGrafana.StartAsync(server.OptionsWith(time), Cancellation);
        using var replay = new RecordingReplay(grafana, server, time);

        var failures = new List<string>();
        foreach (var recording in Recordings.Value.Where(recording => recording.Server == name))
        {
            var difference = await replay.PlayAsync(recording, Cancellation);
            if (difference is not null && !Deviations.ContainsKey(recording.Order))
            {
                failures.Add($"{recording} => {difference}");
            }
            else if (difference is null && Deviations.ContainsKey(recording.Order))
            {
                failures.Add($"{recording} => no longer deviates: strike it from the list");
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }
}
