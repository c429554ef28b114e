using Baton.Testing.Grafana.Api;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.Grafana.Faults;

/// <summary>One way of answering wrongly.</summary>
internal abstract record Fault
{
    /// <summary>The request is carried out, so that there is a true answer to spoil.</summary>
    public bool TakesEffect { get; init; }

    public abstract Task AnswerAsync(FaultCall call);
}

/// <summary>One request that goes wrong.</summary>
/// <param name="Answer">The true answer; empty unless the request was carried out.</param>
internal sealed record FaultCall(HttpContext Http, ApiAnswer Answer, FakeGrafanaOptions Options)
{
    public CancellationToken ClientGone => Http.RequestAborted;
}

/// <summary>Thrown after a part of an answer: the server then closes the connection once that part is sent.</summary>
internal sealed class CutOffException() : Exception("The answer was cut off on purpose.");
