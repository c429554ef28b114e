using System.Net.Sockets;
using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Baton.Testing.ControlPlane.Faults;

/// <summary>One way of answering wrongly.</summary>
internal abstract record CallFault
{
    /// <summary>Answers the call; what it returns is for the log.</summary>
    public abstract Task<string> ApplyAsync(HttpContext http, CancellationToken clientGone);
}

/// <summary>A method ends with a code; the token endpoint ends with the status that is nearest.</summary>
internal sealed record CodeFault(StatusCode Code, string Message) : CallFault
{
    public override async Task<string> ApplyAsync(HttpContext http, CancellationToken clientGone)
    {
        if (http.Request.Path != Tokens.TokenEndpoint.Path)
        {
            throw new RpcException(new Status(Code, Message));
        }

        http.Response.StatusCode = Code switch
        {
            StatusCode.Unauthenticated => 401,
            StatusCode.PermissionDenied => 403,
            StatusCode.InvalidArgument => 400,
            StatusCode.ResourceExhausted => 429,
            StatusCode.Unavailable => 503,
            _ => 500,
        };
        await http.Response.WriteAsync(Message, clientGone);
        return $"{http.Response.StatusCode}";
    }
}

/// <summary>A status and a body of HTTP, as by a load balancer in between.</summary>
internal sealed record HttpFault(int Status, string Body, string ContentType, IReadOnlyList<(string Name, string Value)> Headers) : CallFault
{
    public override async Task<string> ApplyAsync(HttpContext http, CancellationToken clientGone)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(Body, clientGone);
        await http.Response.CompleteAsync();
        return $"{Status}";
    }
}

/// <summary>The connection is reset, and with it every call on it.</summary>
internal sealed record ResetFault : CallFault
{
    public override Task<string> ApplyAsync(HttpContext http, CancellationToken clientGone)
    {
        // Closing with nothing to linger for sends a reset instead of an orderly end.
        var socket = http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        http.Abort();
        return Task.FromResult("gone");
    }
}

/// <summary>The call is cut off; the connection and the other calls on it live on.</summary>
internal sealed record CutOffFault : CallFault
{
    public override Task<string> ApplyAsync(HttpContext http, CancellationToken clientGone)
    {
        http.Abort();
        return Task.FromResult("gone");
    }
}

/// <summary>Silence until the client gives up.</summary>
internal sealed record HangFault : CallFault
{
    public override async Task<string> ApplyAsync(HttpContext http, CancellationToken clientGone)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = clientGone.Register(gone.SetResult);
        await gone.Task;
        return "gone";
    }
}
