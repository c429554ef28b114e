using Podium.Data;

namespace Podium.Connectors.Attempts;

/// <summary>Whoever asked for work learns here what became of it, in the transaction in which that is written down.</summary>
internal interface IAttemptFollower
{
    /// <summary>What it calls its attempts (<see cref="Attempt.Purpose"/>).</summary>
    string Purpose { get; }

    /// <summary>
    /// The attempt has become Done, Failed, Lost or Cancelled. Called a second time when one that was lost succeeds after all.
    /// May change the attempt and whatever else belongs to it.
    /// </summary>
    Task EndedAsync(PodiumContext context, Attempt attempt, CancellationToken cancellationToken);
}
