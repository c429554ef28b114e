using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>
/// Keeps what is logged about a task from debug level on, when the platform asks for it (<c>Task.debug</c>), until the task is over. Only a
/// sync uploads it: nothing else of what is uploaded tells a log from a sync.
/// </summary>
/// <param name="folder">Where the file goes.</param>
/// <param name="copyTo">Begins to write what this flow of control logs to a file as well; null when there is no such log.</param>
internal sealed class DebugLog(string folder, Func<string, IDisposable>? copyTo)
{
    public Kept? Begin(ServiceTask task)
    {
        if (!task.Debug || task.TaskTypeCase != ServiceTask.TaskTypeOneofCase.SyncFull || copyTo is null)
        {
            return null;
        }

        var path = Path.Combine(folder, $"baton-debug-{Guid.NewGuid():N}.log");
        return new(path, copyTo(path));
    }

    /// <summary>A log while it is kept; disposing of it deletes the file.</summary>
    internal sealed class Kept(string path, IDisposable copy) : IDisposable
    {
        public string Path => path;

        public void Dispose()
        {
            copy.Dispose();
            File.Delete(path);
        }
    }
}
