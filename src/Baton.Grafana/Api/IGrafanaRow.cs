namespace Baton.Grafana.Api;

/// <summary>What Grafana knows by a number, which is never 0: a 0 would make one of all of them.</summary>
internal interface IGrafanaRow
{
    long RowId { get; }
}
