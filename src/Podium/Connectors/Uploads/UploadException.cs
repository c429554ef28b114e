using Grpc.Core;

namespace Podium.Connectors.Uploads;

/// <summary>An upload that is not taken. The connector reports the message as why its sync failed.</summary>
internal sealed class UploadException(StatusCode code, string message) : Exception(message)
{
    public StatusCode Code { get; } = code;
}
