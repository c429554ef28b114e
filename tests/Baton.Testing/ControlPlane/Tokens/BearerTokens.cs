using System.Security.Cryptography;

namespace Baton.Testing.ControlPlane.Tokens;

/// <summary>The access tokens that were issued, and how the next ones are issued. May be changed at any time.</summary>
public sealed class BearerTokens
{
    private readonly ChangeSignal _changes;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Issue> _issues = new(StringComparer.Ordinal);
    private int _count;

    internal BearerTokens(ChangeSignal changes, TimeProvider time)
    {
        _changes = changes;
        _time = time;
    }

    /// <summary>What the answer calls the tokens; null leaves it out.</summary>
    public string? Type { get; set; } = "bearer";

    /// <summary>
    /// What the answer says about their life; null leaves it out. Tokens that are said to live for no time, or of which nothing is said,
    /// are good until revoked.
    /// </summary>
    public TimeSpan? Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many were issued.</summary>
    public int Issued => _changes.Read(() => _count);

    /// <summary>None that was issued so far is accepted any more.</summary>
    public void RevokeAll() => _changes.Make(_issues.Clear);

    /// <summary>The two words of an authorization; null when it has not two.</summary>
    internal static (string Scheme, string Token)? Split(string authorization)
        => authorization.Split(' ', 2) is [{ Length: > 0 } scheme, { Length: > 0 } token] ? (scheme, token) : null;

    internal string Create() => _changes.Make(() =>
    {
        var token = RandomNumberGenerator.GetHexString(40, lowercase: true);
        _issues.Add(token, new(++_count, Scheme(Type), Lifetime > TimeSpan.Zero ? _time.GetUtcNow() + Lifetime.Value : DateTimeOffset.MaxValue));
        return token;
    });

    /// <summary>The ordinal of the token, if it is one of ours, shown under its scheme, and good; otherwise null.</summary>
    internal int? Check(string authorization)
        => Split(authorization) is not var (scheme, token) ? null : _changes.Read<int?>(()
            => _issues.TryGetValue(token, out var issue) && scheme == issue.Scheme && _time.GetUtcNow() < issue.ExpiresAt ? issue.Ordinal : null);

    private static string Scheme(string? type) => type?.ToUpperInvariant() switch
    {
        null or "" or "BEARER" => "Bearer",
        "MAC" => "MAC",
        "BASIC" => "Basic",
        _ => type,
    };

    private sealed record Issue(int Ordinal, string Scheme, DateTimeOffset ExpiresAt);
}
