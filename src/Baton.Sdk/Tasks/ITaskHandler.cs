using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>Works on tasks of one kind.</summary>
internal interface ITaskHandler
{
    ServiceTask.TaskTypeOneofCase Kind { get; }

    /// <summary>What a shutdown means to it.</summary>
    ShutdownConduct AtShutdown { get; }

    /// <summary>
    /// A failure of the target system may be thrown as a <see cref="Connectors.ConnectorException"/>, one of the platform as a
    /// <see cref="Transport.PlatformException"/>: what the platform is told of it is decided in one place.
    /// </summary>
    Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken);
}

internal enum ShutdownConduct
{
    /// <summary>It is let finish and report, for as long as the shutdown lasts: something may be half done.</summary>
    Finish,

    /// <summary>It is stopped at once and keeps its progress; the platform hands the task out again, and it goes on.</summary>
    Checkpoint,
}
