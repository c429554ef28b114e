using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>Gives roles and takes them away.</summary>
internal sealed class RoleChanges(Database database, TimeProvider clock)
{
    /// <returns>False when the person has it already.</returns>
    public Task<bool> GrantAsync(long personId, Role role, Actor actor, CancellationToken cancellationToken)
        => database.WriteAsync(context => GrantAsync(context, personId, role, actor, clock.Now(), cancellationToken), cancellationToken);

    /// <summary>In the transaction of <paramref name="context"/>.</summary>
    public static async Task<bool> GrantAsync(PodiumContext context, long personId, Role role, Actor actor, Moment now, CancellationToken cancellationToken)
    {
        if (role == Role.BasicUser || await Find(context, personId, role).AnyAsync(cancellationToken))
        {
            return false;
        }

        context.Add(new RoleHolding { PersonId = personId, Role = role, Since = now });
        await AuditAsync(context, "role.granted", personId, role, actor, now, cancellationToken);
        return true;
    }

    /// <summary>Ends the person's sessions too: what a page showed or allowed under that role is over at once.</summary>
    /// <returns>False when the person does not have it.</returns>
    /// <exception cref="LastSuperAdministratorException">Nobody would be left who can give roles.</exception>
    public Task<bool> RemoveAsync(long personId, Role role, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            await context.LockAsync(TransactionLock.SuperAdministrators, cancellationToken);
            if (role == Role.SuperAdministrator)
            {
                await RefuseLastAsync(context, personId, cancellationToken);
            }

            if (await Find(context, personId, role).ExecuteDeleteAsync(cancellationToken) == 0)
            {
                return false;
            }

            var now = clock.Now();
            await AuditAsync(context, "role.removed", personId, role, actor, now, cancellationToken);
            await Sessions.EndAllAsync(context, personId, now, actor, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Under <see cref="TransactionLock.SuperAdministrators"/>.</summary>
    public static async Task RefuseLastAsync(PodiumContext context, long personId, CancellationToken cancellationToken)
    {
        var others = from holding in context.Set<RoleHolding>()
                     join person in context.Set<Person>() on holding.PersonId equals person.Id
                     where holding.Role == Role.SuperAdministrator && holding.PersonId != personId && person.Status == PersonStatus.Enabled && person.DeletedAt == null
                     select holding;
        if (await Find(context, personId, Role.SuperAdministrator).AnyAsync(cancellationToken) && !await others.AnyAsync(cancellationToken))
        {
            throw new LastSuperAdministratorException();
        }
    }

    private static IQueryable<RoleHolding> Find(PodiumContext context, long personId, Role role)
        => context.Set<RoleHolding>().Where(holding => holding.PersonId == personId && holding.Role == role);

    private static async Task AuditAsync(PodiumContext context, string kind, long personId, Role role, Actor actor, Moment now, CancellationToken cancellationToken)
    {
        var publicId = await context.Set<Person>().Where(person => person.Id == personId).Select(person => person.PublicId).SingleAsync(cancellationToken);
        context.Audit(now, kind, actor, ("person", publicId.ToString()), new() { ["role"] = RoleNames.SlugOf(role) });
    }
}

internal sealed class LastSuperAdministratorException() : Exception("This is the last Super Administrator. Make another one first.");
