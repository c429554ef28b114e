namespace Podium.Audit;

/// <summary>Runs the sealer: a chain each second, a head each minute and when the server stops.</summary>
internal sealed partial class AuditSealing(AuditSealer sealer, ILogger<AuditSealing> logger) : BackgroundService
{
    private static readonly TimeSpan ChainEvery = TimeSpan.FromSeconds(1);
    private const int SignEvery = 60;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(signs: true, cancellationToken);
    }

    // On the machine's clock: a governed clock that stands or jumps must not hold the chain back.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ChainEvery, TimeProvider.System);
        try
        {
            for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
            {
                await TryAsync(signs: round % SignEvery == 0, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // A database that is away comes back, and nothing is lost meanwhile: rows wait.
    private async Task TryAsync(bool signs, CancellationToken cancellationToken)
    {
        try
        {
            await sealer.SealAsync(cancellationToken);
            if (signs)
            {
                await sealer.SignAsync(cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed(failure);
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "The audit log could not be sealed; it is tried again in a second.")]
    private partial void Failed(Exception failure);
}
