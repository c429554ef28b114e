using System.Collections.Concurrent;
using Baton.Configuration.Secrets;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Sdk.Tasks.Transport;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using RpcStatus = Baton.Protocol.Rpc.Status;

namespace Baton.Sdk.Tasks;

/// <summary>
/// Tells the platform how tasks ended, each once. A report that never left is sent again; one whose answer was lost is not, since it may
/// have arrived. Should the platform hand such a task out again, it is told what it missed instead of having the work done twice.
/// </summary>
internal sealed partial class TaskReports(PlatformClient platform, Redactor redactor, TimeProvider time, ILogger logger)
{
    private const int MostRemembered = 100;
    private const int MostAnnotations = 16;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, BatonServiceFinishTaskRequest> _unconfirmed = new(StringComparer.Ordinal);

    /// <summary>The report of a task that was worked on before, and whose report the platform did not confirm; null when there is none.</summary>
    public BatonServiceFinishTaskRequest? Unconfirmed(string taskId) => _unconfirmed.GetValueOrDefault(taskId);

    /// <returns>Null for an outcome that is not reported.</returns>
    public static BatonServiceFinishTaskRequest? Describe(string taskId, TaskOutcome outcome)
    {
        switch (outcome)
        {
            case TaskOutcome.Succeeded done:
                var success = new BatonServiceFinishTaskRequest.Types.Success { Response = done.Response is { } response ? Any.Pack(response) : null };
                success.Annotations.Add(done.Annotations.Take(MostAnnotations));
                return new() { TaskId = taskId, Success = success };
            case TaskOutcome.Failed failed:
                var status = new RpcStatus { Code = (int)failed.Code, Message = failed.Message };
                status.Details.Add(failed.Details);
                return new() { TaskId = taskId, Status = status, Error = new() { NonRetryable = failed.IsFinal } };
            default:
                return null;
        }
    }

    /// <summary>Never throws for a failure of the platform: the work is done, and nobody is served by doing it again.</summary>
    public async System.Threading.Tasks.Task SendAsync(BatonServiceFinishTaskRequest unguarded, CancellationToken cancellationToken)
    {
        var report = RedactedMessage.Of(unguarded, redactor);
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await platform.FinishTaskAsync(report, cancellationToken);
                _unconfirmed.TryRemove(report.TaskId, out _);
                return;
            }
            catch (PlatformException failure) when (!failure.WasNotSent)
            {
                LogUnconfirmed(report.TaskId, failure.Message);
                Remember(report);
                return;
            }
            catch (PlatformException failure)
            {
                LogNotSent(report.TaskId, failure.Message, pause.TotalSeconds);
                Remember(report);
                await System.Threading.Tasks.Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private void Remember(BatonServiceFinishTaskRequest report)
    {
        if (report.Error is { NonRetryable: false })
        {
            // Handed out again, it is to be tried again.
            return;
        }

        _unconfirmed[report.TaskId] = report;
        while (_unconfirmed.Count > MostRemembered && _unconfirmed.Keys.FirstOrDefault(id => id != report.TaskId) is { } other)
        {
            _unconfirmed.TryRemove(other, out _);
        }
    }

    [LoggerMessage(EventId = 5011, Level = LogLevel.Error, Message = "the platform did not confirm how the task ended")]
    private partial void LogUnconfirmed(string taskId, string error);

    [LoggerMessage(EventId = 5012, Level = LogLevel.Warning, Message = "the platform cannot be told how the task ended, trying again")]
    private partial void LogNotSent(string taskId, string error, double wait);
}
