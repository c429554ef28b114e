using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Hosting;
using Podium.Telemetry;

namespace Podium.Connectors.Hosted;

/// <summary>
/// Sees to it that each connector that is hosted, set up and not paused has one process, on one replica: started, started anew when it ended or its
/// settings changed, ended with this server. By the system's clock, as processes live by it.
/// </summary>
internal sealed partial class HostedConnectors(Database database, HostingLeases leases, HostedRun runs, DataFolder folder, TimeProvider clock, ILogger<HostedConnectors> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(8);

    /// <summary>A process is ended so long before its lease is, since another replica starts one then.</summary>
    private static readonly TimeSpan LeaseReserve = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, Supervised> _supervised = [];
    private long _renewedAt;

    /// <summary>The process of a connector, for tests that kill it.</summary>
    public int? ProcessId(long connectorId)
    {
        lock (_supervised)
        {
            return _supervised.TryGetValue(connectorId, out var one) ? one.Child?.ProcessId : null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ChildFolder.Sweep(folder);
        if (database.Kind == DatabaseKind.Sqlite)
        {
            await leases.ClearAsync(stoppingToken);
        }

        using var timer = new PeriodicTimer(Look, TimeProvider.System);
        try
        {
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(failure.Message);
                    await EndWithoutLeaseAsync();
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(_supervised.Keys.ToList().Select(EndAsync));
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        var wanted = await database.ReadAsync(context => context.Set<Connector>()
            .Where(connector => connector.Hosting == ConnectorHosting.Hosted && connector.ProtectedSettings != null && connector.PausedAt == null && connector.DeletedAt == null)
            .ToDictionaryAsync(connector => connector.Id, stoppingToken));
        foreach (var id in _supervised.Keys.Where(id => !wanted.TryGetValue(id, out var connector) || connector.SettingsSavedAt != _supervised[id].SettingsSavedAt).ToList())
        {
            await EndAsync(id);
        }

        var isRenewal = TimeProvider.System.GetElapsedTime(_renewedAt) >= LeaseRenewal;
        var asked = isRenewal ? wanted.Keys.ToList() : wanted.Keys.Where(id => !_supervised.ContainsKey(id)).ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var before = TimeProvider.System.GetTimestamp();
        var held = await leases.HoldAsync(asked, stoppingToken);
        if (isRenewal)
        {
            _renewedAt = before;
            foreach (var id in _supervised.Keys.Where(id => !held.Contains(id)).ToList())
            {
                await EndAsync(id);
            }
        }

        foreach (var id in held.Where(id => !_supervised.ContainsKey(id)))
        {
            var one = new Supervised(wanted[id].SettingsSavedAt, CancellationTokenSource.CreateLinkedTokenSource(stoppingToken));
            lock (_supervised)
            {
                _supervised[id] = one;
            }

            one.Work = SuperviseAsync(wanted[id], one);
        }
    }

    private async Task EndWithoutLeaseAsync()
    {
        if (TimeProvider.System.GetElapsedTime(_renewedAt) > HostingLeases.Life - LeaseReserve)
        {
            foreach (var one in _supervised.Values)
            {
                one.Child?.Kill();
            }

            await Task.WhenAll(_supervised.Keys.ToList().Select(EndAsync));
        }
    }

    private async Task EndAsync(long id)
    {
        var one = _supervised[id];
        await one.Stop.CancelAsync();
        await one.Work;
        one.Stop.Dispose();
        lock (_supervised)
        {
            _supervised.Remove(id);
        }

        try
        {
            using var patience = new CancellationTokenSource(LeaseReserve, TimeProvider.System);
            await leases.ReleaseAsync(id, patience.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or System.Data.Common.DbException or DbUpdateException)
        {
            // It ends by itself.
        }
    }

    private async Task SuperviseAsync(Connector connector, Supervised one)
    {
        var stop = one.Stop.Token;
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                var reason = await RunAsync(connector, one, stop);
                failures = TimeProvider.System.GetElapsedTime(started) > Healthy ? 1 : failures + 1;
                if (!stop.IsCancellationRequested)
                {
                    await NoteAsync(connector.Id, reason, stop);
                }

                var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 10)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, TimeProvider.System, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                failures++;
                LogFailed(failure.Message);
                await Task.Delay(LongestPause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Why it ended, for whoever has to mend it.</returns>
    private async Task<string> RunAsync(Connector connector, Supervised one, CancellationToken stop)
    {
        ConnectorRun run;
        HostedChild child;
        try
        {
            (child, run) = await runs.StartAsync(connector, stop);
        }
        catch (Refusal refusal)
        {
            return refusal.Message;
        }
        catch (Exception failure) when (failure is IOException or Win32Exception or UnauthorizedAccessException)
        {
            return $"The connector's process cannot be started: {failure.Message}";
        }

        await using (child)
        {
            one.Child = child;
            ServerTelemetry.HostedChildren.Add(1);
            LogStarted(connector.PublicId, child.ProcessId);
            int? code = null;
            try
            {
                code = await child.WaitAsync(stop);
                return $"The connector's process ended with code {code}{(child.LastLine is { Length: > 0 } ? ": see its log" : "")}. It is started again.";
            }
            finally
            {
                one.Child = null;
                await child.StopAsync();
                ServerTelemetry.HostedChildren.Add(-1);
                LogEnded(connector.PublicId, code);
                using var patience = new CancellationTokenSource(LeaseReserve, TimeProvider.System);
                await runs.EndAsync(run, code, patience.Token);
            }
        }
    }

    private Task NoteAsync(long connectorId, string reason, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            if (await context.LockAsync<Connector>(connectorId, cancellationToken) is { } connector && !await context.Set<Sync>().AnyAsync(
                sync => sync.ConnectorId == connectorId && (sync.State == SyncState.Received || sync.State == SyncState.Applying), cancellationToken))
            {
                connector.FailingSince ??= clock.Now();
                connector.Error = reason;
            }
        },
        cancellationToken);

    [LoggerMessage(EventId = 3601, Level = LogLevel.Information, Message = "Connector {Connector} runs as process {ProcessId}")]
    private partial void LogStarted(Ksuid connector, int processId);

    [LoggerMessage(EventId = 3602, Level = LogLevel.Information, Message = "The process of connector {Connector} ended with {Code}")]
    private partial void LogEnded(Ksuid connector, int? code);

    [LoggerMessage(EventId = 3603, Level = LogLevel.Warning, Message = "Hosted connectors cannot be seen to; it is tried again: {Reason}")]
    private partial void LogFailed(string reason);

    private sealed class Supervised(Moment? settingsSavedAt, CancellationTokenSource stop)
    {
        public Moment? SettingsSavedAt => settingsSavedAt;

        public CancellationTokenSource Stop => stop;

        public Task Work { get; set; } = Task.CompletedTask;

        public HostedChild? Child { get; set; }
    }
}
