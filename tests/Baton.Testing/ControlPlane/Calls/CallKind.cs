namespace Baton.Testing.ControlPlane.Calls;

/// <summary>What a client asked for.</summary>
public enum CallKind
{
    /// <summary>Neither the token endpoint nor a method of the service.</summary>
    Other,
    Token,
    Hello,
    GetTask,
    GetTasks,
    Heartbeat,
    UploadAsset,
    FinishTask,
    StartDebugging,
}
