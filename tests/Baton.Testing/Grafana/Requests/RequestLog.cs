using Microsoft.AspNetCore.Http;

namespace Baton.Testing.Grafana.Requests;

/// <summary>Every request that reached the instance, in order of arrival. Safe to read while requests are being answered.</summary>
public sealed class RequestLog
{
    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Cookie", "X-API-Key" };

    private readonly Lock _gate = new();
    private readonly List<GrafanaRequest> _requests = [];
    private int _ordinal;
    private int _sequence;
    private int _inFlight;

    /// <summary>The most requests that were ever being answered at the same time.</summary>
    public int MaxConcurrency { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count;
            }
        }
    }

    public IReadOnlyList<GrafanaRequest> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Each request as <c>GET /api/users?page=1</c>.</summary>
    public IReadOnlyList<string> Lines => [.. All.Select(request => request.ToString())];

    /// <summary>The requests that may have changed something; a search is none, whatever its method.</summary>
    public IReadOnlyList<string> Writes
        => [.. All.Where(request => request.Method is not ("GET" or "HEAD") && !request.Path.EndsWith("/roles/search", StringComparison.Ordinal)).Select(request => request.ToString())];

    /// <summary>Forgets what was seen, as between the arrangement of a test and its act. Ordinals go on counting.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            MaxConcurrency = _inFlight;
        }
    }

    internal GrafanaRequest Start(HttpRequest http, string path)
    {
        var (kind, login) = CredentialOf(http.Headers.Authorization.ToString());
        var headers = http.Headers
            .Where(header => !Secrets.Contains(header.Key))
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

        lock (_gate)
        {
            var request = new GrafanaRequest
            {
                Ordinal = ++_ordinal,
                Method = http.Method,
                Path = path,
                Credential = kind,
                Login = login,
                Headers = headers,
                StartSequence = ++_sequence,
            };
            _requests.Add(request);
            MaxConcurrency = Math.Max(MaxConcurrency, ++_inFlight);
            return request;
        }
    }

    internal void End(GrafanaRequest request, int status)
    {
        lock (_gate)
        {
            request.Status = status;
            request.EndSequence = ++_sequence;
            _inFlight--;
        }
    }

    private static (CredentialKind Kind, string? Login) CredentialOf(string authorization)
    {
        if (authorization.Length == 0)
        {
            return (CredentialKind.None, null);
        }

        if (Api.BasicCredential.TryParse(authorization, out var basic))
        {
            return basic.Login == "api_key" ? (CredentialKind.ApiKey, null) : (CredentialKind.Basic, basic.Login);
        }

        return authorization.StartsWith("Bearer glsa_", StringComparison.Ordinal) ? (CredentialKind.ServiceAccountToken, null)
            : authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? (CredentialKind.ApiKey, null)
            : (CredentialKind.Other, null);
    }
}
