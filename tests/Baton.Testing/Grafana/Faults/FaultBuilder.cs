using System.Globalization;
using Baton.Testing.Grafana.Requests;

namespace Baton.Testing.Grafana.Faults;

/// <summary>
/// Says which of the matching requests fail, and how. Every one of them fails unless told otherwise.
/// A failing request has no effect on the instance, unless <see cref="AfterEffect"/> is asked for or the fault spoils a real answer.
/// </summary>
public sealed class FaultBuilder
{
    private readonly FaultPlan _plan;
    private readonly Func<GrafanaRequest, bool> _matches;
    private int _first = 1;
    private int _last = int.MaxValue;
    private bool _afterEffect;

    internal FaultBuilder(FaultPlan plan, Func<GrafanaRequest, bool> matches)
    {
        _plan = plan;
        _matches = matches;
    }

    /// <summary>Only the nth matching request, counted from 1 and from the making of this rule.</summary>
    public FaultBuilder Nth(int ordinal) => Between(ordinal, ordinal);

    /// <summary>Only the first.</summary>
    public FaultBuilder Once() => Nth(1);

    /// <summary>The nth matching request and all after it.</summary>
    public FaultBuilder From(int ordinal) => Between(ordinal, int.MaxValue);

    public FaultBuilder Between(int first, int last)
    {
        (_first, _last) = (first, last);
        return this;
    }

    /// <summary>The request is carried out first, and only its answer goes wrong: the caller cannot know that it took effect.</summary>
    public FaultBuilder AfterEffect()
    {
        _afterEffect = true;
        return this;
    }

    /// <summary>Answers with a status; without a body, with Grafana's shape of one.</summary>
    public FaultRule Respond(int status, string? body = null, params ReadOnlySpan<(string Name, string Value)> headers)
        => Add(new StatusFault(status, body ?? $$"""{"message":"Injected {{status}}"}""", Api.ApiAnswer.Json, headers.ToArray()));

    /// <summary>429 with <c>Retry-After</c> in seconds.</summary>
    public FaultRule RateLimit(int retryAfterSeconds)
        => Respond(429, """{"message":"Too many requests"}""", ("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture)));

    /// <summary>429 with the <c>X-RateLimit</c> headers of a gateway and no <c>Retry-After</c>.</summary>
    public FaultRule RateLimit(long limit, DateTimeOffset resetsAt) => Respond(
        429,
        """{"message":"Too many requests"}""",
        ("X-RateLimit-Limit", limit.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", resetsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    /// <summary>200 with a page of HTML, as of a portal in between.</summary>
    public FaultRule HtmlPage(int status = 200)
        => Add(new StatusFault(status, HtmlPages.Portal, Api.ApiAnswer.Html, []));

    /// <summary>302 to a page for signing in.</summary>
    public FaultRule RedirectToLogin(string location = "/login")
        => Add(new StatusFault(302, $"<a href=\"{location}\">Found</a>.\n\n", Api.ApiAnswer.Html, [("Location", location)]));

    /// <summary>The true status and headers, and nothing after them.</summary>
    public FaultRule EmptyBody() => Add(new TruncateFault(0, Truncation.Unannounced));

    /// <summary>The true answer up to a part of its body, then the end of the connection.</summary>
    /// <param name="kept">How much of the body arrives, from 0 to 1.</param>
    /// <param name="truncation">What the headers promised.</param>
    public FaultRule Truncate(double kept = 0.5, Truncation truncation = Truncation.BelowContentLength)
        => Add(new TruncateFault(kept, truncation));

    /// <summary>The true answer in so many pieces, with a pause before each.</summary>
    public FaultRule SlowBody(int pieces, TimeSpan pause) => Add(new SlowFault(pieces, pause));

    /// <summary>200 with a body without an end, compressed or not.</summary>
    /// <param name="encoding"><c>gzip</c>, <c>br</c> or nothing.</param>
    /// <param name="beginning">What comes once.</param>
    /// <param name="again">What comes from there on.</param>
    public FaultRule Endless(string encoding, string beginning, string again) => Add(new EndlessFault(encoding, beginning, again));

    /// <summary>The connection is reset without any answer.</summary>
    public FaultRule Reset() => Add(new ResetFault());

    /// <summary>No answer ever, until the client gives up.</summary>
    public FaultRule Hang() => Add(new HangFault());

    /// <summary>Runs something before the request is carried out, which then goes on as if nothing had been.</summary>
    public FaultRule Run(Action<GrafanaRequest> action) => RunAsync((request, _) =>
    {
        action(request);
        return Task.CompletedTask;
    });

    /// <summary>Waits for something before the request is carried out; the token is cancelled when the client gives up.</summary>
    public FaultRule RunAsync(Func<GrafanaRequest, CancellationToken, Task> action) => Add(new RunFirst(action));

    private FaultRule Add(Fault fault)
        => _plan.Add(new(_plan, _matches, _first, _last, fault with { TakesEffect = fault.TakesEffect || _afterEffect }));
}
