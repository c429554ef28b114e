using Baton.Sdk.Expansion;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Turns nested grants into direct ones, after everything is stored.</summary>
internal sealed partial class ExpansionPhase(ILogger logger) : ISyncPhase
{
    public SyncOperation Operation => SyncOperation.GrantExpansion;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        session.Writer.SettleGrants();
        if (session.Writer.Run.Type == C1z.Syncs.SyncType.Full)
        {
            session.Writer.MarkExpansionReached();
        }

        if (session.Options.SkipExpansion || !session.Plan.NeedsExpansion)
        {
            LogNothingToExpand();
        }
        else
        {
            new GrantExpander(session.Writer, logger, session.Options.FixCycles).Expand(cancellationToken);
        }

        session.Plan.Finish(root);
        return Task.CompletedTask;
    }

    public Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
        => throw new InvalidOperationException("Expansion has no subjects.");

    [LoggerMessage(EventId = 1051, Level = LogLevel.Debug, Message = "skipping grant expansion, no grants to expand")]
    private partial void LogNothingToExpand();
}
