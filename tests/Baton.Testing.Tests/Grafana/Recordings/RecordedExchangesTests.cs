using Baton.Testing.Grafana;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>
/// The contract of the fake: what a true Grafana of a release answered, it answers too. Compared are the status, the media type of
/// the content, redirects, and the whole body, times included. What is not compared are API keys and invite codes, which are
/// random, and the order of quotas, which is too.
/// </summary>
public sealed class RecordedExchangesTests
{
    private static readonly Dictionary<string, int> Counts = new(StringComparer.Ordinal) { ["6.5"] = 404, ["7.5"] = 460 };

    public static TheoryData<string> Releases => [.. Counts.Keys];

    /// <summary>Of each release, the servers that were recorded.</summary>
    public static TheoryData<string, string> Servers => new(
    [
        ("6.5", "default"), ("6.5", "restricted"), ("6.5", "login-form-disabled"), ("6.5", "basic-auth-disabled"), ("6.5", "smtp-enabled"),
        ("7.5", "default"), ("7.5", "restricted"), ("7.5", "login-form-disabled"), ("7.5", "basic-auth-disabled"), ("7.5", "newer-endpoints"),
    ]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Releases))]
    public void Recordings_OfARelease_AreAllThere_AndEachBelongsToAServerThatIsReplayed(string release)
    {
        var recordings = Recording.ReadAll(release);

        Assert.Equal(Counts[release], recordings.Count);
        Assert.Equal(
            Servers.Select(row => row.Data).Where(row => row.Item1 == release).Select(row => row.Item2).Order(StringComparer.Ordinal),
            recordings.Select(recording => recording.Server).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Replay_EveryExchangeOfOneServer_IsAnsweredAsRecorded(string release, string name)
    {
        var server = RecordedServer.Named(release, name);
        var time = new FakeTimeProvider(server.StartedAt);
        await using var grafana = await FakeGrafana.StartAsync(server.OptionsWith(time), Cancellation);
        using var replay = new RecordingReplay(grafana, server, time);

        var failures = new List<string>();
        foreach (var recording in Recording.ReadAll(release).Where(recording => recording.Server == name))
        {
            if (await replay.PlayAsync(recording, Cancellation) is { } difference)
            {
                failures.Add($"{recording} => {difference}");
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }
}
