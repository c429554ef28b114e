using System.Text;

namespace Baton.Testing.Grafana.Faults;

/// <summary>Another answer than the true one.</summary>
internal sealed record StatusFault(int Status, string Body, string ContentType, IReadOnlyList<(string Name, string Value)> Headers) : Fault
{
    public override async Task AnswerAsync(FaultCall call)
    {
        var response = call.Http.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        var bytes = Encoding.UTF8.GetBytes(Body);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, call.ClientGone);
    }
}
