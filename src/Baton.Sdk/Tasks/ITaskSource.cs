using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>Where tasks come from.</summary>
internal interface ITaskSource
{
    /// <summary>The next task, or that there is none, and when to ask again. Not called twice at once.</summary>
    /// <exception cref="Transport.PlatformException">The platform cannot be asked.</exception>
    Task<PolledTask> NextAsync(CancellationToken cancellationToken);

    /// <summary>A task is not worked on any more.</summary>
    void Done(string taskId);
}

/// <param name="Task">Null when there is no work.</param>
/// <param name="Pause">How long not to ask.</param>
internal sealed record PolledTask(ServiceTask? Task, TimeSpan Pause);
