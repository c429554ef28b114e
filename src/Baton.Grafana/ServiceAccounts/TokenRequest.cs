using Baton.Grafana.Api;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>A token that is asked for.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Name">What the request is called; unique in the organization.</param>
/// <param name="Deadline">When it must have ended.</param>
internal sealed record TokenRequest(PlacedServiceAccount Account, string Name, DateTimeOffset Deadline)
{
    /// <summary>Why a token that was read back is not what was asked for; null when it is.</summary>
    public string? Problem(GrafanaToken row) => GrafanaTime.Parse(row.Expiration) switch
    {
        null => "it never ends",
        { } end when end > Deadline => $"it ends at {end.UtcDateTime:u}, after {Deadline.UtcDateTime:u}: the clocks of Grafana and of the connector do not agree",
        _ => null,
    };
}
