using System.Text.Json;

namespace Podium.Look;

/// <summary>
/// Server-sent events to one page. Ends by itself after some minutes: the browser asks again, and whether it may is then looked at again.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly HttpResponse _response;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _either;

    private EventStream(HttpContext context, TimeProvider clock, CancellationToken stopping)
    {
        _response = context.Response;
        _end = new(Longest, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted, stopping);
    }

    /// <summary>When the browser left, the server stops, or it is time to ask again.</summary>
    public CancellationToken Ended => _either.Token;

    public static async Task<EventStream> BeginAsync(HttpContext context)
    {
        var stream = new EventStream(
            context,
            context.RequestServices.GetRequiredService<TimeProvider>(),
            context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // A proxy that collects answers would keep them until it is too late.
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync("retry: 2000\n\n", stream.Ended);
        await response.Body.FlushAsync(stream.Ended);
        return stream;
    }

    /// <summary>Replaces the inside of the element <paramref name="id"/>.</summary>
    public Task PartAsync(string id, string html) => SendAsync("part", id, html);

    /// <summary>Adds to the end of the list <paramref name="id"/>.</summary>
    public Task LinesAsync(string id, string html) => SendAsync("lines", id, html);

    public ValueTask DisposeAsync()
    {
        _either.Dispose();
        _end.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(string name, string id, string html)
    {
        // JSON has no line ends, which would end the event.
        await _response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(new { id, html })}\n\n", Ended);
        await _response.Body.FlushAsync(Ended);
    }
}
