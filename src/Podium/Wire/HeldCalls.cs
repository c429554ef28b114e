using System.Collections.Concurrent;
using Podium.Connectors;
using Podium.Connectors.Attempts;
using Podium.Telemetry;
using Podium.Tokens;

namespace Podium.Wire;

/// <summary>Calls for work, held while there is none, until there is some, the hold is over, or the server stops.</summary>
internal sealed class HeldCalls(AttemptQueue queue, WorkSignal signal, ConnectorServiceOptions options, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<long, int> _held = new();

    public async Task<(Claim Claim, TimeSpan NextPoll)> WaitAsync(
        TokenHolder holder, long connectorId, string hostId, int wanted, IReadOnlyCollection<string> known, CancellationToken gone)
    {
        var isOneTooMany = _held.AddOrUpdate(connectorId, 1, (_, count) => count + 1) > options.MostHeld;
        ServerTelemetry.CallsHeld.Add(1);
        try
        {
            using var hold = new CancellationTokenSource(options.Hold, TimeProvider.System);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, hold.Token, lifetime.ApplicationStopping);
            while (true)
            {
                var next = signal.NextAsync(connectorId);
                var claim = await queue.ClaimAsync(holder, connectorId, hostId, wanted, known, gone);
                if (claim.Tasks.Count > 0)
                {
                    // There may be more: it is welcome to ask at once.
                    return (claim, TimeSpan.Zero);
                }

                if (claim.IsPaused || isOneTooMany || lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    return (claim, options.NextPollUnheld);
                }

                try
                {
                    await next.WaitAsync(end.Token);
                }
                catch (OperationCanceledException) when (!gone.IsCancellationRequested)
                {
                    return (Claim.Nothing, options.NextPoll);
                }
            }
        }
        finally
        {
            ServerTelemetry.CallsHeld.Add(-1);
            _held.AddOrUpdate(connectorId, 0, (_, count) => count - 1);
        }
    }
}
