using Baton.Testing.Grafana.Hosting;

namespace Baton.Testing.Grafana.Faults;

/// <summary>The true answer, drop by drop.</summary>
internal sealed record SlowFault : Fault
{
    private readonly int _pieces;
    private readonly TimeSpan _pause;

    public SlowFault(int pieces, TimeSpan pause)
    {
        _pieces = pieces;
        _pause = pause;
        TakesEffect = true;
    }

    public override async Task AnswerAsync(FaultCall call)
    {
        var response = call.Http.Response;
        var rest = call.Answer.Body;
        call.Answer.WriteHeadersTo(response);
        response.ContentLength = rest.Length;
        await response.StartAsync(call.ClientGone);

        for (var left = _pieces; left > 0; left--)
        {
            await call.Options.Delay(_pause, call.ClientGone);
            var piece = rest[..(left == 1 ? rest.Length : rest.Length / left)];
            rest = rest[piece.Length..];
            await response.Body.WriteAsync(piece, call.ClientGone);
            await response.Body.FlushAsync(call.ClientGone);
        }
    }
}
