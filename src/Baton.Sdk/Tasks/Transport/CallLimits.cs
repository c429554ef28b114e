namespace Baton.Sdk.Tasks.Transport;

/// <summary>How long a call may take, getting a token and connecting included. Nothing waits for ever.</summary>
internal sealed record CallLimits
{
    private const long SlowestUpload = 64 * 1024;

    public TimeSpan Hello { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The platform may hold the request until there is work. It never tells us to ask less often than every 5 minutes.</summary>
    public TimeSpan GetTask { get; init; } = TimeSpan.FromMinutes(6);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FinishTask { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one chunk of an upload, and the answer after the last, may take.</summary>
    public TimeSpan UploadStall { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an upload of so many bytes may take: as long as at 64 KiB a second, and what a chunk may take.</summary>
    public TimeSpan Upload(long length) => UploadStall + TimeSpan.FromSeconds(length / SlowestUpload);
}
