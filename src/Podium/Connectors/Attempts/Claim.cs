using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Connectors.Attempts;

/// <summary>What a call for work is given.</summary>
/// <param name="Tasks">Handed out with this answer.</param>
/// <param name="IsPaused">There will be none for a while.</param>
internal sealed record Claim(IReadOnlyList<BatonTask> Tasks, bool IsPaused)
{
    public static Claim Nothing { get; } = new([], IsPaused: false);

    public static Claim Paused { get; } = new([], IsPaused: true);
}
