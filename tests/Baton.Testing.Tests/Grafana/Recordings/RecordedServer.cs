using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>One of the servers that were recorded: how it was configured, what its clock said, and what else was asked of it.</summary>
internal sealed record RecordedServer(FakeGrafanaOptions Options, string Day, string Start)
{
    public DateTimeOffset StartedAt => At(Start);

    /// <summary>What the clock is set to before an exchange, told from the times in the recordings.</summary>
    public Dictionary<int, string> Clock { get; init; } = [];

    /// <summary>Requests that the recordings presuppose but do not hold: their numbers or their effects show later.</summary>
    public Dictionary<int, IReadOnlyList<UnrecordedStep>> Unrecorded { get; init; } = [];

    /// <summary>The state that was there before the first exchange.</summary>
    public Action<FakeGrafana, Secrets> Seed { get; init; } = static (_, _) => { };

    public static RecordedServer Named(string release, string name) => release switch
    {
        "6.5" => Recorded6_5.Named(name),
        "7.5" => Recorded7_5.Named(name),
        _ => throw new ArgumentException($"No recordings are known of release {release}.", nameof(release)),
    };

    public DateTimeOffset At(string time) => DateTimeOffset.Parse($"{Day}T{time}Z");

    public FakeGrafanaOptions OptionsWith(TimeProvider time) => Options with { Time = time };
}
