using System.IO.Compression;
using Baton.Testing.Grafana.Api;

namespace Baton.Testing.Grafana.Faults;

/// <summary>A beginning, and then the same again until nobody listens any more.</summary>
internal sealed record EndlessFault(string Encoding, string Beginning, string Again) : Fault
{
    private const int RepeatsAtOnce = 4096;

    public override async Task AnswerAsync(FaultCall call)
    {
        var response = call.Http.Response;
        response.ContentType = ApiAnswer.Json;
        if (Encoding.Length > 0)
        {
            response.Headers.ContentEncoding = Encoding;
        }

        await using Stream body = Encoding switch
        {
            "br" => new BrotliStream(response.Body, CompressionLevel.Fastest, leaveOpen: true),
            "gzip" => new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true),
            _ => response.Body,
        };
        await body.WriteAsync(Bytes(Beginning), call.ClientGone);
        for (var again = Bytes(string.Concat(Enumerable.Repeat(Again, RepeatsAtOnce))); !call.ClientGone.IsCancellationRequested;)
        {
            await body.WriteAsync(again, call.ClientGone);
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
