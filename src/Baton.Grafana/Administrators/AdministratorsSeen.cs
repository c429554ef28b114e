using Baton.Sdk.Connectors;

namespace Baton.Grafana.Administrators;

/// <summary>
/// The server administrators that a sync's listing of accounts came across, so that the accounts need not be listed twice. Only ids are
/// kept, and only of a listing that was complete.
/// </summary>
internal sealed class AdministratorsSeen
{
    private volatile IReadOnlyList<long>? _ids;
    private volatile IReadOnlySet<long>? _all;

    /// <summary>Every account, whoever it is; null as <see cref="Ids"/>.</summary>
    public IReadOnlySet<long>? All
    {
        get => _all;
        set => _all = value;
    }

    /// <summary>Ascending; null when this run of the sync has not listed the accounts to the end.</summary>
    public IReadOnlyList<long>? Ids
    {
        get => _ids;
        set => _ids = value;
    }

    public static Task<AdministratorsSeen> OfAsync(ISyncContext sync, CancellationToken cancellationToken)
        => sync.OnceAsync("grafana.administrators", static _ => Task.FromResult(new AdministratorsSeen()), cancellationToken);
}
