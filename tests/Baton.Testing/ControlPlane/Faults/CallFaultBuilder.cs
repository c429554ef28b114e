using Baton.Testing.ControlPlane.Calls;
using Grpc.Core;

namespace Baton.Testing.ControlPlane.Faults;

/// <summary>
/// Says which of the matching calls fail, and how. Every one of them fails unless told otherwise. A failing call has no effect
/// on the control plane, unless <see cref="AfterEffect"/> is asked for.
/// </summary>
public sealed class CallFaultBuilder
{
    private readonly CallFaultPlan _plan;
    private readonly Func<PlatformCall, bool> _matches;
    private int _first = 1;
    private int _last = int.MaxValue;
    private bool _afterEffect;
    private long _afterBytes;

    internal CallFaultBuilder(CallFaultPlan plan, Func<PlatformCall, bool> matches) => (_plan, _matches) = (plan, matches);

    /// <summary>Only the nth matching call, counted from 1 and from the making of this rule.</summary>
    public CallFaultBuilder Nth(int ordinal) => Between(ordinal, ordinal);

    /// <summary>Only the first.</summary>
    public CallFaultBuilder Once() => Nth(1);

    /// <summary>The nth matching call and all after it.</summary>
    public CallFaultBuilder From(int ordinal) => Between(ordinal, int.MaxValue);

    public CallFaultBuilder Between(int first, int last)
    {
        (_first, _last) = (first, last);
        return this;
    }

    /// <summary>The call is carried out first, and only its answer goes wrong: the caller cannot know that it took effect.</summary>
    public CallFaultBuilder AfterEffect()
    {
        _afterEffect = true;
        return this;
    }

    /// <summary>An upload goes wrong in its middle, after so many bytes of the file.</summary>
    public CallFaultBuilder AfterBytes(long bytes)
    {
        _afterBytes = bytes;
        return this;
    }

    /// <summary>Ends the call with a code; a token request with the HTTP status that is nearest.</summary>
    public CallFaultRule Fail(StatusCode code, string? message = null) => Add(new CodeFault(code, message ?? $"injected {code}"));

    /// <summary>Answers with a status of HTTP, as the token endpoint does, or a load balancer in front of either.</summary>
    public CallFaultRule Respond(int status, string body = "", string contentType = "text/plain", params ReadOnlySpan<(string Name, string Value)> headers)
        => Add(new HttpFault(status, body, contentType, headers.ToArray()));

    /// <summary>The connection is reset without an answer, and with it every call on it.</summary>
    public CallFaultRule Reset() => Add(new ResetFault());

    /// <summary>This call is cut off without an answer; the connection lives on.</summary>
    public CallFaultRule CutOff() => Add(new CutOffFault());

    /// <summary>No answer ever, until the client gives up.</summary>
    public CallFaultRule Hang() => Add(new HangFault());

    /// <summary>Waits for something before the call is carried out, which then goes on; the token is cancelled when the client gives up.</summary>
    public CallFaultRule Run(Func<PlatformCall, CancellationToken, Task> action)
        => _plan.Add(new(_plan, _matches) { First = _first, Last = _last, Action = action });

    /// <summary>A heartbeat, and all after it, is told that its task is cancelled.</summary>
    public CallFaultRule CancelTask() => Run((call, _) =>
    {
        call.CancelsTask = true;
        return Task.CompletedTask;
    });

    private CallFaultRule Add(CallFault fault)
        => _plan.Add(new(_plan, _matches) { First = _first, Last = _last, AfterEffect = _afterEffect, AfterBytes = _afterBytes, Fault = fault });
}
