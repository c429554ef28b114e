using System.Globalization;
using Baton.Testing.ControlPlane.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Baton.Testing.ControlPlane.Calls;

/// <summary>Every request that reached the control plane, in order of arrival. Safe to read while requests are being answered.</summary>
public sealed class CallLog
{
    private readonly ChangeSignal _changes;
    private readonly TimeProvider _time;
    private readonly List<PlatformCall> _calls = [];
    private int _inFlight;

    internal CallLog(ChangeSignal changes, TimeProvider time)
    {
        _changes = changes;
        _time = time;
    }

    public IReadOnlyList<PlatformCall> All => _changes.Read<IReadOnlyList<PlatformCall>>(() => [.. _calls]);

    /// <summary>The most requests that were ever being answered at the same time.</summary>
    public int MaxConcurrency { get; private set; }

    public IReadOnlyList<PlatformCall> Of(CallKind kind) => _changes.Read<IReadOnlyList<PlatformCall>>(() => [.. _calls.Where(call => call.Kind == kind)]);

    public int Count(CallKind kind) => Of(kind).Count;

    internal PlatformCall Start(CallKind kind, HttpContext http)
    {
        var request = http.Request;
        var authorization = request.Headers.Authorization.ToString();
        return _changes.Make(() =>
        {
            var call = new PlatformCall
            {
                Ordinal = _calls.Count + 1,
                Kind = kind,
                Path = request.Path,
                StartedAt = _time.GetUtcNow(),
                Connection = http.Connection.Id,
                Protocol = request.Protocol,
                Headers = request.Headers
                    .Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                    .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                AuthorizationScheme = BearerTokens.Split(authorization)?.Scheme,
                Deadline = DeadlineOf(request.Headers["grpc-timeout"]),
            };
            _calls.Add(call);
            MaxConcurrency = Math.Max(MaxConcurrency, ++_inFlight);
            return call;
        });
    }

    internal void End(PlatformCall call, string status) => _changes.Make(() =>
    {
        call.Status = status;
        call.EndedAt = _time.GetUtcNow();
        return --_inFlight;
    });

    /// <summary>At most eight digits and a unit.</summary>
    private static TimeSpan? DeadlineOf(StringValues header)
    {
        if (header.ToString() is not { Length: > 1 } text || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return text[^1] switch
        {
            'H' => TimeSpan.FromHours(number),
            'M' => TimeSpan.FromMinutes(number),
            'S' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMilliseconds(number),
            'u' => TimeSpan.FromMicroseconds(number),
            'n' => TimeSpan.FromTicks(number / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
    }
}
