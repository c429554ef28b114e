using Baton.Testing.ControlPlane.Uploads;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Testing.ControlPlane.Tasks;

/// <summary>One task and what became of it. Safe to read while requests are being answered.</summary>
public sealed class PlatformTask
{
    private readonly PlatformTasks _queue;

    internal PlatformTask(PlatformTasks queue, BatonTask message) => (_queue, Message) = (queue, message);

    public string Id => Message.Id;

    /// <summary>As it is handed out.</summary>
    public BatonTask Message { get; }

    /// <summary>Who has it, or had it last; null until it is first handed out.</summary>
    public string? HostId { get; internal set; }

    /// <summary>How often it was handed out.</summary>
    public int Deliveries { get; internal set; }

    /// <summary>Waits in the queue.</summary>
    public bool IsQueued { get; internal set; } = true;

    public bool IsCancelled { get; internal set; }

    public int Heartbeats { get; internal set; }

    /// <summary>What was accepted of it, in order.</summary>
    public IReadOnlyList<Upload> Uploads { get; internal set; } = [];

    /// <summary>How it ended; null while it has not. A task ends once.</summary>
    public TaskEnd? End { get; internal set; }

    /// <summary>
    /// How many ends were refused, because it had ended or was another host's. It is a violation too, unless the end is repeated to the
    /// letter or the task was handed out more than once.
    /// </summary>
    public int RefusedEnds { get; internal set; }

    public bool HasEnded => End is not null;

    /// <summary>From now on heartbeats are told that it is cancelled.</summary>
    public void Cancel() => _queue.Cancel(this);

    /// <summary>Puts it back into the queue, as when its holder is taken for dead. Without effect on one that has ended or is queued.</summary>
    public void Requeue() => _queue.Requeue(this);

    /// <summary>Runs out when the holder has been silent for too long.</summary>
    internal ITimer? Lease { get; set; }

    public override string ToString()
        => $"{Message.TaskTypeCase} {Id}: {(HasEnded ? End!.ToString() : IsQueued ? "queued" : $"with {HostId}")}{(Deliveries > 1 ? $", handed out {Deliveries} times" : "")}";
}
