using System.Globalization;
using Baton.Configuration.Secrets;
using Baton.Sdk.Tasks;

namespace Baton.Sdk.Hosting.Service.Supervision;

/// <summary>
/// Tells the supervisor of a service of <c>Type=notify</c> how it is. Ready is when the platform has answered the first hello, or cannot be
/// reached, which is waited out; a platform that refuses us ends the start. The watchdog is served as long as the service does
/// what it said it would.
/// </summary>
internal sealed class ServiceSupervision : IDisposable
{
    private const int LongestStatus = 200;

    // After the tasks: reports, telemetry, temporary files.
    private static readonly TimeSpan TidyingUp = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly NotifySocket? _socket;
    private readonly TaskJournal _journal;
    private readonly Redactor _redactor;
    private readonly TimeSpan _shutdown;
    private readonly ITimer? _watchdog;
    private readonly CancellationTokenRegistration _stopping;
    private string _status = "";
    private bool _isReady;
    private bool _isStopping;

    public ServiceSupervision(
        NotifySocket? socket, TaskJournal journal, Redactor redactor, TimeSpan shutdown, ProcessEnvironment environment, CancellationToken stopping)
    {
        (_socket, _journal, _redactor, _shutdown) = (socket, journal, redactor, shutdown);
        if (socket is null)
        {
            return;
        }

        Tell();
        journal.Changed = Tell;
        _stopping = stopping.Register(Stop);
        if (WatchdogInterval(environment) is { } interval)
        {
            _watchdog = environment.Time.CreateTimer(_ => Pat(), state: null, TimeSpan.Zero, interval);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _journal.Changed = null;
        _watchdog?.Dispose();
    }

    // Twice as often as is needed. The variables may be meant for a process that started this one.
    private static TimeSpan? WatchdogInterval(ProcessEnvironment environment)
        => long.TryParse(environment.Variables("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 1
            && (environment.Variables("WATCHDOG_PID") is not { Length: > 0 } process || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(Math.Min(microseconds / 2, (long)TimeSpan.FromDays(1).TotalMicroseconds))
            : null;

    private void Tell()
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            var standing = _journal.Standing;
            var news = new List<string>();
            if (!_isReady && (standing.LastHello is not null || standing.PlatformError is not null))
            {
                _isReady = true;
                news.Add("READY=1");
            }

            var status = Status(standing);
            if (status != _status)
            {
                _status = status;
                news.Add($"STATUS={status}");
            }

            if (news.Count > 0)
            {
                _socket!.Send(news);
            }
        }
    }

    private string Status(ServiceStanding standing) => standing switch
    {
        { PlatformError: { } error } => $"Waiting for the platform: {OneLine(_redactor.Redact(error))}",
        { LastHello: null } => "Connecting to the platform",
        { TasksUnderWay: 0 } => "Connected to the platform, waiting for tasks",
        { TasksUnderWay: 1 } => "Connected to the platform, working on 1 task",
        _ => $"Connected to the platform, working on {standing.TasksUnderWay} tasks",
    };

    private void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;

            // Whoever allows tasks ten minutes to finish should not have to say so twice, here and in the unit.
            _socket!.Send(
                "STOPPING=1",
                $"STATUS=Stopping, finishing what was begun ({_journal.Standing.TasksUnderWay} under way)",
                string.Create(CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={(long)(_shutdown + TidyingUp).TotalMicroseconds}"));
        }
    }

    private void Pat()
    {
        if (_journal.Liveness.IsAlive)
        {
            _socket!.Send("WATCHDOG=1");
        }
    }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length > LongestStatus ? $"{line[..LongestStatus]}…" : line;
    }
}
