using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Sdk.Expansion;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync;

/// <summary>A sync whose rows were merged of others instead of being fetched: what is left to do when all are there.</summary>
internal sealed partial class MergedSync(SyncWriter writer, bool fixCycles, ILogger logger)
{
    /// <summary>Expands what is nested across the merged syncs, unless they are fragments, and ends the sync.</summary>
    /// <returns>In what the merged syncs contradict each other; null in nothing.</returns>
    /// <exception cref="SyncException">What is nested cannot be expanded.</exception>
    public string? End(CancellationToken cancellationToken)
    {
        if (writer.Run.Type == SyncType.Partial)
        {
            writer.End();
            return null;
        }

        if (writer.Run.Type == SyncType.Full)
        {
            writer.MarkExpansionReached();
        }

        new GrantExpander(writer, logger, fixCycles).Expand(cancellationToken);
        var contradiction = FindContradiction();
        writer.End();
        if (contradiction is null)
        {
            writer.MarkInvariantsHold([Invariants.ExclusionGroups], "compaction_merge");
        }

        return contradiction;
    }

    // Each sync may keep the rule that both together break: nobody's connector is at fault.
    private string? FindContradiction()
    {
        try
        {
            Invariants.CheckExclusionGroups(writer.Reader.Entitlements());
            return null;
        }
        catch (SyncException contradiction)
        {
            LogContradiction(contradiction.Message);
            return contradiction.Message;
        }
    }

    [LoggerMessage(EventId = 1081, Level = LogLevel.Warning, Message = "the merged syncs contradict each other")]
    private partial void LogContradiction(string error);
}
