using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Lists;
using Podium.Data;
using Podium.SignIn;

namespace Podium.Connectors;

/// <summary>Who may see and change one connector: the role, or owning it.</summary>
internal sealed class ConnectorAccess(Database database)
{
    public static bool MayAdd(Caller caller) => caller.Is(Role.ConnectorAdministrator) || caller.Is(Role.SuperAdministrator);

    /// <summary>Views every connector, whoever owns it.</summary>
    public static bool MaySeeAll(Caller caller) => caller.MayViewAll || MayAdd(caller);

    /// <exception cref="ForbiddenException">Neither the role nor an owner.</exception>
    public async Task EnsureMaySeeAsync(Caller caller, long connectorId, CancellationToken cancellationToken)
    {
        if (!MaySeeAll(caller) && !await OwnsAsync(caller, connectorId, cancellationToken))
        {
            throw await RefusalAsync(cancellationToken);
        }
    }

    public async Task<bool> MayChangeAsync(Caller caller, long connectorId, CancellationToken cancellationToken)
        => MayAdd(caller) || await OwnsAsync(caller, connectorId, cancellationToken);

    /// <exception cref="ForbiddenException">Neither the role nor an owner.</exception>
    public async Task EnsureMayChangeAsync(Caller caller, long connectorId, CancellationToken cancellationToken)
    {
        if (!await MayChangeAsync(caller, connectorId, cancellationToken))
        {
            throw await RefusalAsync(cancellationToken);
        }
    }

    /// <exception cref="ForbiddenException">Not the role: adding and deleting is not for owners.</exception>
    public async Task EnsureMayAddAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!MayAdd(caller))
        {
            throw await RefusalAsync(cancellationToken);
        }
    }

    /// <summary>Those of <paramref name="all"/> that <paramref name="caller"/> may see.</summary>
    /// <exception cref="ForbiddenException">Neither the role, nor the owner of any.</exception>
    public async Task<IReadOnlyList<ConnectorRow>> SeenAsync(Caller caller, IReadOnlyList<ConnectorRow> all, CancellationToken cancellationToken)
    {
        if (MaySeeAll(caller))
        {
            return all;
        }

        var own = await database.ReadAsync(context
            => context.Set<ConnectorOwner>().Where(owner => owner.PersonId == caller.PersonId).Select(owner => owner.ConnectorId).ToListAsync(cancellationToken));
        return own.Count == 0 ? throw await RefusalAsync(cancellationToken) : [.. all.Where(row => own.Contains(row.Id))];
    }

    private Task<bool> OwnsAsync(Caller caller, long connectorId, CancellationToken cancellationToken) => database.ReadAsync(context
        => context.Set<ConnectorOwner>().AnyAsync(owner => owner.ConnectorId == connectorId && owner.PersonId == caller.PersonId, cancellationToken));

    private async Task<ForbiddenException> RefusalAsync(CancellationToken cancellationToken)
        => new("Connectors are for Connector Administrators, and each for those who own it." + await WhoCanHelp.SentenceAsync(database, Role.ConnectorAdministrator, cancellationToken));
}
