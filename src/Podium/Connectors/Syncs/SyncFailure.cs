using System.Text.Json.Nodes;
using Grpc.Core;
using Podium.Audit;
using Podium.Data;

namespace Podium.Connectors.Syncs;

/// <summary>What a failed sync means for its connector: since when it fails, what to do, and when it is tried again.</summary>
internal static class SyncFailure
{
    /// <summary>So many in a row are worth a message.</summary>
    public const int WorthAMessage = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private const int MostDoublings = 20;

    /// <summary>Tries again after a minute, then two, four, … and never later than the schedule.</summary>
    public static void Note(PodiumContext context, Connector connector, string reason, Moment now)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(connector.FailedSyncs, MostDoublings));
        var next = SyncTimes.Of(connector).Next(now);
        connector.FailedSyncs++;
        connector.FailingSince ??= now;
        connector.Error = reason;
        var retry = now + pause < next ? now + pause : next;
        // Somebody may have wanted it sooner meanwhile, by other settings for example.
        connector.NextSyncAt = connector.NextSyncAt is { } wanted && wanted < retry ? wanted : retry;
        if (connector.FailedSyncs == WorthAMessage)
        {
            context.Audit(now, "connector.failing", Actor.System, connector.Subject(), new JsonObject { ["syncs"] = connector.FailedSyncs, ["reason"] = reason });
        }
    }

    public static void Clear(PodiumContext context, Connector connector, Moment now)
    {
        if (connector.FailedSyncs >= WorthAMessage)
        {
            context.Audit(now, "connector.recovered", Actor.System, connector.Subject(), new JsonObject { ["syncs"] = connector.FailedSyncs });
        }

        connector.FailedSyncs = 0;
        connector.FailingSince = null;
        connector.Error = null;
    }

    /// <summary>What the connector said, in one sentence with what to do. The connector's own words stay in it: they name what is wrong.</summary>
    public static string Reason(int? code, string? message)
    {
        var said = string.IsNullOrWhiteSpace(message) ? "no reason was given" : message.ReplaceLineEndings(" ").Trim();
        return (StatusCode?)code switch
        {
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => $"The app refuses the connector's credentials: correct them in the settings. ({said})",
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => $"The connector cannot reach the app: check its address and that it runs. ({said})",
            StatusCode.ResourceExhausted => $"The app limits the connector's requests: it is tried again later. ({said})",
            null => $"The connector fell silent while it read: see that it runs. ({said})",
            _ => $"The connector could not read everything, so nothing was changed: see its log. ({said})",
        };
    }
}
