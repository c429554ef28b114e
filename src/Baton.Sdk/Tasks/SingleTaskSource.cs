using Baton.Sdk.Tasks.Transport;
using Google.Protobuf.WellKnownTypes;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>Asks for one task at a time (<c>GetTask</c>).</summary>
internal sealed class SingleTaskSource(PlatformClient platform) : ITaskSource
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // A platform that forgets to say when to come back is not asked hundreds of times a second.
    private static readonly TimeSpan WhenNotSaid = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<string> _inFlight = new(StringComparer.Ordinal);

    public async Task<PolledTask> NextAsync(CancellationToken cancellationToken)
    {
        var answer = await platform.GetTaskAsync(cancellationToken);
        var pause = Pause(answer.NextPoll);
        var task = answer.Task;
        if (task is null or { TaskTypeCase: ServiceTask.TaskTypeOneofCase.None_ })
        {
            return new(null, Idle(pause));
        }

        lock (_inFlight)
        {
            // Handed out again while it is being worked on: it must not be done twice.
            return task.Id.Length > 0 && !_inFlight.Add(task.Id) ? new(null, Idle(pause)) : new(task, pause);
        }
    }

    public void Done(string taskId)
    {
        lock (_inFlight)
        {
            _inFlight.Remove(taskId);
        }
    }

    internal static TimeSpan Pause(Duration? next)
    {
        var wanted = next?.ToTimeSpan() ?? TimeSpan.Zero;
        return wanted <= TimeSpan.Zero ? TimeSpan.Zero : wanted > Longest ? Longest : wanted;
    }

    internal static TimeSpan Idle(TimeSpan pause) => pause == TimeSpan.Zero ? WhenNotSaid : pause < Shortest ? Shortest : pause;
}
