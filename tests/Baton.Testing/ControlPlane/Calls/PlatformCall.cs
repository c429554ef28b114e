using Baton.Testing.ControlPlane.Faults;
using Google.Protobuf;

namespace Baton.Testing.ControlPlane.Calls;

/// <summary>One request that reached the control plane. Neither tokens nor assertions are kept.</summary>
public sealed class PlatformCall
{
    /// <summary>Counted from 1 over all calls, in order of arrival.</summary>
    public required int Ordinal { get; init; }

    public required CallKind Kind { get; init; }

    public required string Path { get; init; }

    /// <summary>By the control plane's clock, as <see cref="EndedAt"/>.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>Equal for the calls of one connection.</summary>
    public required string Connection { get; init; }

    /// <summary>As <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Everything but the credentials.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public string UserAgent => Headers.GetValueOrDefault("User-Agent", "");

    /// <summary>The first word of the authorization; null without one.</summary>
    public required string? AuthorizationScheme { get; init; }

    /// <summary>Which of the issued tokens was shown, counted from 1; null for none that was issued.</summary>
    public int? Token { get; internal set; }

    /// <summary>How long the client is going to wait; null when it does not say.</summary>
    public required TimeSpan? Deadline { get; init; }

    /// <summary>Null until the request is read, and for the token endpoint.</summary>
    public string? HostId { get; internal set; }

    /// <summary>Null where the request names none.</summary>
    public string? TaskId { get; internal set; }

    /// <summary>What was sent; of an upload, its first message.</summary>
    public IMessage? Request { get; internal set; }

    /// <summary>The code by name (<c>OK</c>, <c>Unavailable</c>), an HTTP status (<c>503</c>), or <c>gone</c> when no answer arrived; null while under way.</summary>
    public string? Status { get; internal set; }

    /// <summary>What goes wrong later than at its beginning.</summary>
    internal CallFaultPlan.Match? Fault { get; set; }

    /// <summary>A rule wants the task of this call cancelled.</summary>
    internal bool CancelsTask { get; set; }

    public override string ToString() => $"#{Ordinal} {StartedAt:HH:mm:ss.fff} {Kind}{(TaskId is null ? "" : $" {TaskId}")}{(HostId is null ? "" : $" by {HostId}")}: {Status ?? "under way"}";
}
