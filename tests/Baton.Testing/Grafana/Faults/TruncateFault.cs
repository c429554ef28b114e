using Baton.Testing.Grafana.Hosting;

namespace Baton.Testing.Grafana.Faults;

/// <summary>The beginning of the true answer.</summary>
internal sealed record TruncateFault : Fault
{
    private readonly double _kept;
    private readonly Truncation _truncation;

    public TruncateFault(double kept, Truncation truncation)
    {
        _kept = kept;
        _truncation = truncation;
        TakesEffect = true;
    }

    public override async Task AnswerAsync(FaultCall call)
    {
        var response = call.Http.Response;
        var body = call.Answer.Body;
        var part = body[..(int)(body.Length * _kept)];

        call.Answer.WriteHeadersTo(response);
        response.ContentLength = _truncation switch
        {
            Truncation.BelowContentLength => body.Length,
            Truncation.WithinChunks => null,
            _ => part.Length,
        };
        await response.Body.WriteAsync(part, call.ClientGone);
        await response.Body.FlushAsync(call.ClientGone);
        if (_truncation != Truncation.Unannounced)
        {
            throw new CutOffException();
        }
    }
}
