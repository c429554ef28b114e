using Grpc.Core;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>What a call shows to the platform.</summary>
internal sealed class PlatformToken(string type, string value, DateTimeOffset expiresAt)
{
    // It must still be good when it arrives.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly string _authorization = $"{Scheme(type)} {value}";

    public bool IsFresh(DateTimeOffset now) => expiresAt - now >= Margin;

    public void AddTo(Metadata headers) => headers.Add("authorization", _authorization);

    /// <summary>Nothing of the token.</summary>
    public override string ToString() => $"access token until {expiresAt:O}";

    private static string Scheme(string type) => type.ToUpperInvariant() switch
    {
        "" or "BEARER" => "Bearer",
        "MAC" => "MAC",
        "BASIC" => "Basic",
        _ => type,
    };
}
