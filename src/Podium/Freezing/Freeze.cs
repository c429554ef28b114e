using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Hosting.Keys;

namespace Podium.Freezing;

/// <summary>
/// Whether this server may do anything of its own. Asked at each turn; once it may, it always may, since a backup is restored into an empty
/// database only.
/// </summary>
internal sealed class Freeze(Database database)
{
    private Restoration? _last;
    private volatile bool _isOver;

    public async ValueTask<bool> IsOnAsync(CancellationToken cancellationToken) => await LookAsync(cancellationToken) is { ResumedAt: null };

    /// <summary>Null for a server that was never restored.</summary>
    public async ValueTask<Moment?> RestoredAtAsync(CancellationToken cancellationToken) => (await LookAsync(cancellationToken))?.RestoredAt;

    /// <summary>As it is now; null for a server that was never restored.</summary>
    public async Task<Restoration?> FindAsync(CancellationToken cancellationToken)
        => await database.ReadAsync(context => FindAsync(context, cancellationToken)) is { } value ? Restoration.Parse(value.Value) : null;

    public static Task<ServerValue?> FindAsync(PodiumContext context, CancellationToken cancellationToken)
        => context.Set<ServerValue>().SingleOrDefaultAsync(value => value.Name == Restoration.Name, cancellationToken);

    private async ValueTask<Restoration?> LookAsync(CancellationToken cancellationToken)
    {
        if (!_isOver)
        {
            _last = await FindAsync(cancellationToken);
            _isOver = _last is not { ResumedAt: null };
        }

        return _last;
    }
}
