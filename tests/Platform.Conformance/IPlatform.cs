using Baton.Testing.Connectors;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Platform.Conformance;

/// <summary>A platform that connectors can serve, as far as the suite needs its inside: what to hand out, and what it took down.</summary>
public interface IPlatform : IAsyncDisposable
{
    /// <summary>A connector that the platform knows, with a credential that is good.</summary>
    RawConnector Connector { get; }

    /// <summary>Another process of the same connector.</summary>
    RawConnector Second { get; }

    /// <summary>Gives the connector work; a sync is a full one.</summary>
    /// <returns>The id that it has on the wire.</returns>
    Task<string> GiveAsync(BatonTask task);

    /// <summary>The next heartbeat of the task says that it is to stop.</summary>
    Task CancelAsync(string taskId);

    Task<TaskOutcome> OutcomeAsync(string taskId);

    /// <summary>The bytes of what was taken in as the task's sync; null before there is one.</summary>
    Task<byte[]?> UploadAsync(string taskId);
}

/// <summary>What the platform holds of a task.</summary>
public enum TaskOutcome
{
    Open,
    Succeeded,
    Failed,
}
