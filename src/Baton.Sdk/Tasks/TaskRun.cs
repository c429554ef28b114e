using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Tasks;

/// <summary>One task while it is worked on: what a handler needs of the platform.</summary>
internal sealed class TaskRun(string id, PlatformClient platform, Heartbeats heartbeats, CancellationToken stopping)
{
    public string Id => id;

    /// <summary>The process was asked to stop, which a handler that is let finish may want to know.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>
    /// Tells the platform that the task is being worked on, now and from here on, and waits for its answer: it may have taken the task
    /// back.
    /// </summary>
    /// <exception cref="TaskNotBegunException">It has, or it does not answer.</exception>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await heartbeats.BeginAsync(cancellationToken);
        }
        catch (PlatformException failure)
        {
            throw new TaskNotBegunException($"the first heartbeat failed: {failure.Message}", failure);
        }
    }

    /// <summary>Where what is logged about this task is kept, because the platform asked for it; null when it did not.</summary>
    public string? DebugLogPath { get; init; }

    /// <exception cref="PlatformException">The platform did not take it.</exception>
    public Task UploadAsync(string path, CancellationToken cancellationToken) => platform.UploadAssetAsync(id, path, cancellationToken);
}

/// <summary>A task is not begun, and not reported: the platform took it back, or cannot be told that it is worked on.</summary>
internal sealed class TaskNotBegunException(string message, Exception? inner = null) : Exception(message, inner);
