using Podium.Audit;

namespace Podium.Connectors.Uploads;

/// <summary>Who sends an upload.</summary>
internal sealed record UploadSender(long ConnectorId, string HostId, Actor Actor);
