using System.Globalization;
using System.Text.Json;
using Baton.Sdk.Tasks;

namespace Baton.Sdk.Hosting.Health;

/// <summary>The part of the answer that tells how the service stands.</summary>
internal static class HealthDetails
{
    public static void Write(Utf8JsonWriter json, TargetState target, ServiceStanding standing, bool platformAnswers, bool ready, bool mayProvision)
    {
        json.WriteBoolean("ready", ready);
        json.WriteBoolean("provisioning", mayProvision);

        json.WriteStartObject("target");
        json.WriteBoolean("reachable", target.IsGood);
        WriteTime(json, "checked_at", target.At);
        json.WriteEndObject();

        json.WriteStartObject("platform");
        json.WriteBoolean("reachable", platformAnswers);
        WriteTime(json, "last_hello", standing.LastHello);
        WriteTime(json, "last_poll", standing.LastPlatformAnswer);
        WriteTime(json, "last_failure", standing.PlatformFailedAt);
        json.WriteEndObject();

        json.WriteStartObject("tasks");
        json.WriteNumber("under_way", standing.TasksUnderWay);
        if (standing.LastTask is { } last)
        {
            json.WriteStartObject("last");
            json.WriteString("id", last.Id);
            json.WriteString("kind", last.Kind);
            WriteOutcome(json, last.Outcome);
            WriteTime(json, "ended_at", last.At);
            json.WriteNumber("seconds", Math.Round(last.Duration.TotalSeconds, 3));
            json.WriteEndObject();
        }

        WriteTime(json, "last_sync", standing.LastSync);
        WriteTime(json, "last_upload", standing.LastUpload);
        json.WriteEndObject();
    }

    /// <summary>In UTC and whole seconds; left out when it has not happened.</summary>
    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } happened)
        {
            json.WriteString(name, happened.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }

    // The message of a failure may name people; the log has it.
    private static void WriteOutcome(Utf8JsonWriter json, TaskOutcome outcome)
    {
        switch (outcome)
        {
            case TaskOutcome.Succeeded:
                json.WriteString("outcome", "succeeded");
                break;
            case TaskOutcome.Failed failed:
                json.WriteString("outcome", "failed");
                json.WriteString("code", failed.Code.ToString());
                break;
            case TaskOutcome.Unreported unreported:
                json.WriteString("outcome", "unreported");
                json.WriteString("reason", unreported.Reason);
                break;
        }
    }
}
