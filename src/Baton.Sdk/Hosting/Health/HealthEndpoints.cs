using System.Buffers;
using System.Net;
using System.Text.Json;
using Baton.Configuration.Secrets;
using Baton.Sdk.Tasks;

namespace Baton.Sdk.Hosting.Health;

/// <summary>
/// What each path answers. <c>status</c>, <c>timestamp</c> and <c>details</c> are upstream's; <c>details</c> says what is wrong and is left
/// out when nothing is. The rest of <c>/health</c> is ours: how the service stands, without names of people, since nobody has to sign in.
/// </summary>
internal sealed class HealthEndpoints(TargetProbe target, Func<ServiceStanding> standing, Redactor redactor, bool mayProvision, TimeProvider time, CancellationToken stopping)
{
    private const string Json = "application/json";

    public async Task<HealthAnswer> AnswerAsync(string path, CancellationToken cancellationToken) => path switch
    {
        "/live" => Answer("alive", "alive", []),
        "/ready" => Answer("ready", "not_ready", WhyNotReady(standing())),
        "/health" => Health(await target.AskAsync(cancellationToken), standing()),
        _ => HealthAnswer.NotFound,
    };

    private HealthAnswer Health(TargetState state, ServiceStanding now)
    {
        var problems = new List<(string Name, string Text)>();
        if (!state.IsGood)
        {
            problems.Add(("error", "connector validation failed"));
            problems.Add(("validation_error", redactor.Redact(state.Error!)));
            problems.Add(("validation_code", state.Code.ToString()));
        }

        if (PlatformProblem(now) is { } reason)
        {
            if (state.IsGood)
            {
                problems.Add(("error", "the platform cannot be reached"));
            }

            problems.Add(("platform_error", reason));
        }

        return Answer("healthy", "unhealthy", problems, json => HealthDetails.Write(json, state, now, PlatformProblem(now) is null, IsReady(now), mayProvision));
    }

    private bool IsReady(ServiceStanding now) => now.LastHello is not null && !stopping.IsCancellationRequested;

    private List<(string Name, string Text)> WhyNotReady(ServiceStanding now)
    {
        if (stopping.IsCancellationRequested)
        {
            return [("error", "the service is stopping")];
        }

        return now.LastHello is not null ? []
            : now.PlatformError is null ? [("error", "waiting for the platform to answer the hello")]
            : [("error", "waiting for the platform to answer the hello"), ("platform_error", redactor.Redact(now.PlatformError))];
    }

    private string? PlatformProblem(ServiceStanding now)
        => now.PlatformError is { } error ? redactor.Redact(error) : now.LastHello is null ? "no hello was answered yet" : null;

    private HealthAnswer Answer(string good, string bad, List<(string Name, string Text)> problems, Action<Utf8JsonWriter>? more = null)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status", problems.Count == 0 ? good : bad);
            HealthDetails.WriteTime(json, "timestamp", time.GetUtcNow());
            if (problems.Count > 0)
            {
                json.WriteStartObject("details");
                foreach (var (name, text) in problems)
                {
                    json.WriteString(name, text);
                }

                json.WriteEndObject();
            }

            more?.Invoke(json);
            json.WriteEndObject();
        }

        body.Write("\n"u8);
        return new(problems.Count == 0 ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, Json, body.WrittenMemory);
    }
}
